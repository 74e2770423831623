package jakarta.transaction;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Stands for the annotation of Jakarta Transactions, which is not on the classpath of
 * these tests.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ ElementType.TYPE, ElementType.METHOD })
public @interface Transactional {

	/** As in the original. */
	TxType value() default TxType.REQUIRED;

	/** As in the original. */
	Class<?>[] rollbackOn() default {};

	/** As in the original. */
	Class<?>[] dontRollbackOn() default {};

	/** As in the original. */
	enum TxType {

		REQUIRED, REQUIRES_NEW, MANDATORY, SUPPORTS, NOT_SUPPORTED, NEVER

	}

}

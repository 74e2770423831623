package io.kraft.engine.reliability;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.Tag;

/**
 * Marks a test, or all tests of a class, that proves what the engine promises when
 * something fails. It becomes a row of {@code docs/internals/reliability.md}, and belongs
 * to what the profile {@code reliability} executes.
 */
@Documented
@Target({ ElementType.TYPE, ElementType.METHOD })
@Retention(RetentionPolicy.RUNTIME)
@Tag("reliability")
public @interface Proves {

	/**
	 * What goes wrong, in a few words.
	 */
	String fault();

	/**
	 * What holds nevertheless, in a sentence.
	 */
	String promise();

}

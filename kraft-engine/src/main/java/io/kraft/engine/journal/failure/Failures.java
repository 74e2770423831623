package io.kraft.engine.journal.failure;

import java.lang.reflect.Modifier;
import java.util.Map;

import io.kraft.engine.definition.MethodSignature;
import io.kraft.engine.journal.Failure;
import io.kraft.workflow.StepFailedException;
import org.jspecify.annotations.Nullable;

/**
 * Records exceptions and restores them. Live and replayed runs see the same exception
 * because both get the restored one.
 * <p>
 * An exception is restored as itself if its type may be (it is declared by the method, or
 * one of the JDK or of Kraft, or a runtime exception of Spring) and can be (by a
 * constructor with its message and cause); otherwise as a {@link StepFailedException}
 * with its type and message. Type, message, causes and the recorded stack frames survive,
 * and the fields of Kraft's exceptions; other fields do not, nor do suppressed
 * exceptions, except for failures of compensations. The same rule holds for each cause.
 */
public final class Failures {

	private Failures() {
	}

	/**
	 * Records an exception: its message up to 8,192 characters, 32 stack frames, and
	 * causes to a depth of 8.
	 */
	public static Failure record(Throwable exception) {
		return FailureRecorder.record(exception);
	}

	/**
	 * Type and message of an exception, whatever its methods do.
	 */
	public static String describe(Throwable exception) {
		return FailureRecorder.describe(exception);
	}

	/**
	 * The cause of an exception, whatever its methods do.
	 */
	public static @Nullable Throwable causeOf(Throwable exception) {
		return FailureRecorder.causeOf(exception);
	}

	/**
	 * Restores an exception that a method threw.
	 * @param place the fields of a {@link StepFailedException} in its place: which run,
	 * which operation
	 */
	public static Throwable restore(Failure failure, MethodSignature signature, Map<String, String> place) {
		return new FailureRestorer(RestorableTypes.of(signature), place).restore(failure);
	}

	/**
	 * Restores an exception where no method is known: only those of the JDK and of Kraft
	 * are restored as themselves.
	 */
	public static Throwable restoreWithoutTypes(Failure failure) {
		return new FailureRestorer(RestorableTypes.common(), Map.of()).restore(failure);
	}

	/**
	 * As {@link #restoreUnchecked}, to be thrown; an {@link Error} is thrown immediately.
	 */
	public static RuntimeException unchecked(Failure failure) {
		Throwable restored = restoreUnchecked(failure, Map.of());
		if (restored instanceof Error error) {
			throw error;
		}
		return (RuntimeException) restored;
	}

	/**
	 * Restores an exception for a caller that expects no checked ones, as that of a side
	 * effect: as {@link #restoreWithoutTypes}, but a checked exception becomes a
	 * {@link StepFailedException}. Its causes may be checked.
	 * @param place as for {@link #restore}
	 * @return a {@link RuntimeException} or an {@link Error}
	 */
	public static Throwable restoreUnchecked(Failure failure, Map<String, String> place) {
		FailureRestorer restorer = new FailureRestorer(RestorableTypes.common(), place);
		Throwable restored = restorer.restore(failure);
		return (restored instanceof RuntimeException || restored instanceof Error) ? restored
				: restorer.restoreAsStepFailed(failure);
	}

	/**
	 * Whether an exception of exactly this type can be restored as itself, whatever its
	 * message: by a constructor that takes it. Of an abstract type only others exist.
	 */
	public static boolean isRestorable(Class<? extends Throwable> type) {
		return Modifier.isAbstract(type.getModifiers()) || ExceptionConstructors.takeMessage(type);
	}

}

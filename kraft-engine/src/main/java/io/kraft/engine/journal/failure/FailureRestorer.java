package io.kraft.engine.journal.failure;

import io.kraft.engine.journal.Failure;
import io.kraft.workflow.KraftException;
import io.kraft.workflow.StepFailedException;
import org.jspecify.annotations.Nullable;

/**
 * Turns recorded failures into exceptions, causes first.
 */
final class FailureRestorer {

	private final RestorableTypes types;

	FailureRestorer(RestorableTypes types) {
		this.types = types;
	}

	Throwable restore(Failure failure) {
		Throwable cause = causeOf(failure);
		Class<? extends Throwable> type = this.types.find(failure.type());
		Throwable restored = (type != null) ? ExceptionConstructors.construct(type, failure.message(), cause) : null;
		if (restored instanceof KraftException kraft && failure.fields() != null) {
			kraft.restoreFields(failure.fields());
		}
		return withStackTrace((restored != null) ? restored : stepFailed(failure, cause), failure);
	}

	Throwable restoreAsStepFailed(Failure failure) {
		return withStackTrace(stepFailed(failure, causeOf(failure)), failure);
	}

	private @Nullable Throwable causeOf(Failure failure) {
		return (failure.cause() != null) ? restore(failure.cause()) : null;
	}

	private static Throwable stepFailed(Failure failure, @Nullable Throwable cause) {
		return new StepFailedException(failure.type(), failure.message(), cause);
	}

	private Throwable withStackTrace(Throwable exception, Failure failure) {
		try {
			exception.setStackTrace(StackTraceText.parse(failure.stackTrace()));
		}
		catch (Throwable ex) {
			// It is overridden; the exception is worth more than its stack trace.
		}
		failure.suppressed().forEach((suppressed) -> exception.addSuppressed(restore(suppressed)));
		return exception;
	}

}

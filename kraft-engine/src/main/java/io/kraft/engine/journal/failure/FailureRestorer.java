package io.kraft.engine.journal.failure;

import java.util.Map;

import io.kraft.engine.journal.Failure;
import io.kraft.workflow.KraftException;
import io.kraft.workflow.StepFailedException;
import org.jspecify.annotations.Nullable;

/**
 * Turns recorded failures into exceptions, causes first.
 */
final class FailureRestorer {

	private final RestorableTypes types;

	private final Map<String, String> place;

	/**
	 * Restores what may be restored.
	 * @param place the fields of what stands for an exception that cannot be restored
	 */
	FailureRestorer(RestorableTypes types, Map<String, String> place) {
		this.types = types;
		this.place = place;
	}

	Throwable restore(Failure failure) {
		Throwable cause = causeOf(failure);
		Class<? extends Throwable> type = this.types.find(failure.type());
		Throwable restored = (type != null) ? ExceptionConstructors.construct(type, failure.message(), cause) : null;
		if (restored instanceof KraftException kraft && failure.fields() != null) {
			kraft.restoreFields(failure.fields());
		}
		if (restored instanceof StepFailedException failed && failed.runId() == null) {
			failed.restoreFields(this.place);
		}
		return withStackTrace((restored != null) ? restored : stepFailed(failure, cause), failure);
	}

	Throwable restoreAsStepFailed(Failure failure) {
		return withStackTrace(stepFailed(failure, causeOf(failure)), failure);
	}

	private @Nullable Throwable causeOf(Failure failure) {
		return (failure.cause() != null) ? restore(failure.cause()) : null;
	}

	private Throwable stepFailed(Failure failure, @Nullable Throwable cause) {
		StepFailedException failed = new StepFailedException(failure.type(), failure.message(), cause);
		failed.restoreFields(this.place);
		return failed;
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

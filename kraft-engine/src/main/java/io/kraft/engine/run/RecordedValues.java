package io.kraft.engine.run;

import java.lang.reflect.Type;
import java.util.List;

import io.kraft.engine.journal.Payload;
import io.kraft.engine.journal.PayloadConverter;
import io.kraft.workflow.KraftException;
import org.jspecify.annotations.Nullable;

/**
 * Reads what the journal of a run holds; what cannot be read pauses the run. Thread-safe.
 */
public final class RecordedValues {

	private final String id;

	private final PayloadConverter payloads;

	private final RunContinuation continuation;

	/**
	 * Of a run.
	 * @param id of the run
	 */
	RecordedValues(String id, PayloadConverter payloads, RunContinuation continuation) {
		this.id = id;
		this.payloads = payloads;
		this.continuation = continuation;
	}

	/**
	 * Reads a value.
	 * @throws RunUnwound if it cannot be read
	 */
	public @Nullable Object read(Payload payload, Type type, String what) {
		try {
			return this.payloads.read(payload, type, what + " of run '" + this.id + "'");
		}
		catch (KraftException ex) {
			throw this.continuation.pause(ex);
		}
	}

	/**
	 * Reads the workflow's arguments.
	 * @throws RunUnwound if they cannot be read
	 */
	public @Nullable Object[] readArguments(Payload arguments, List<Type> types) {
		try {
			return this.payloads.readArguments(arguments, types, "the arguments of run '" + this.id + "'");
		}
		catch (KraftException ex) {
			throw this.continuation.pause(ex);
		}
	}

}

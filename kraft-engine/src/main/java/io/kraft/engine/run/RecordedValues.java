package io.kraft.engine.run;

import java.lang.reflect.Type;
import java.util.List;

import io.kraft.engine.journal.Payload;
import io.kraft.workflow.KraftException;
import org.jspecify.annotations.Nullable;

/**
 * Reads what the journal of a run holds; what cannot be read pauses the run. Thread-safe.
 */
public final class RecordedValues {

	private final LoadedRun run;

	RecordedValues(LoadedRun run) {
		this.run = run;
	}

	/**
	 * Reads a value.
	 * @throws RunUnwound if it cannot be read
	 */
	public @Nullable Object read(Payload payload, Type type, String what) {
		try {
			return this.run.environment().payloads().read(payload, type, what + " of run '" + this.run.id() + "'");
		}
		catch (KraftException ex) {
			throw this.run.pause(ex);
		}
	}

	/**
	 * Reads the workflow's arguments.
	 * @throws RunUnwound if they cannot be read
	 */
	@Nullable Object[] readArguments(Payload arguments, List<Type> types) {
		try {
			return this.run.environment()
				.payloads()
				.readArguments(arguments, types, "the arguments of run '" + this.run.id() + "'");
		}
		catch (KraftException ex) {
			throw this.run.pause(ex);
		}
	}

}

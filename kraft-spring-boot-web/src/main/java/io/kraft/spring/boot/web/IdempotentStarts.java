package io.kraft.spring.boot.web;

import java.util.function.Function;

import io.kraft.client.IfExists;
import io.kraft.client.StartOptions;
import io.kraft.client.WorkflowAlreadyExistsException;
import io.kraft.client.WorkflowHandle;

/**
 * Starts runs and reports whether they existed, which makes a repeated request harmless:
 * the same id is the same run.
 */
final class IdempotentStarts {

	private IdempotentStarts() {
	}

	/**
	 * Starts a run, durable when it returns.
	 * @param start is called with options that refuse an id that exists, and again with
	 * the given ones where they attach to it
	 */
	static Started start(StartOptions options, Function<StartOptions, WorkflowHandle<?>> start) {
		if (options.ifExists() != IfExists.ATTACH) {
			return new Started(start.apply(options).id(), true);
		}
		try {
			return new Started(start.apply(options.ifExists(IfExists.FAIL)).id(), true);
		}
		catch (WorkflowAlreadyExistsException ex) {
			return new Started(start.apply(options).id(), false);
		}
	}

	/**
	 * A run.
	 *
	 * @param isNew whether this start made it
	 */
	record Started(String id, boolean isNew) {

		/** Of HTTP. */
		int status() {
			return this.isNew ? 202 : 200;
		}

	}

}

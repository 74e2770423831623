package io.kraft.engine.client;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.kraft.client.WorkflowAlreadyExistsException;
import io.kraft.engine.routing.Call;
import io.kraft.engine.routing.StartCommand;
import io.kraft.engine.run.DerivedIds;

/**
 * Starts runs that take after others, under the next id that is free: {@code <id>~2},
 * {@code <id>~3} and so on, each in the partition that has it.
 */
final class Restarts {

	private static final Pattern RESTARTED = Pattern.compile("(.*)~[0-9]+");

	private Restarts() {
	}

	/**
	 * Starts a run; durable when this returns.
	 * @param id of the one that it takes after
	 * @return its id
	 */
	static String start(ClientCalls calls, String id, StartCommand command) {
		Matcher restarted = RESTARTED.matcher(id);
		String base = restarted.matches() ? restarted.group(1) : id;
		for (long number = 2;; number += step(number)) {
			try {
				StartCommand named = command.named(DerivedIds.of(base, "~" + number));
				return calls.of(named.runId()).start(Call.OWN, named).id();
			}
			catch (WorkflowAlreadyExistsException ex) {
				// The next number.
			}
		}
	}

	/** Where a client has taken the next hundred thousand ids, not all are looked at. */
	private static long step(long number) {
		return Math.max(1, number / 100);
	}

}

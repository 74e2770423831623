package io.kraft.engine.run;

import java.time.Instant;
import java.util.List;

import io.kraft.engine.journal.JournalEntry.RunStarted;
import io.kraft.engine.journal.RunSecret;
import io.kraft.engine.store.Change;
import io.kraft.engine.store.Message;

/**
 * What a run continues with when its code continues as new: a fresh journal, which keeps
 * its state.
 * <p>
 * One commit puts the fresh journal in place of the old one. Crash before it: the code
 * replays to the same place. After it: the next owner begins with the fresh journal.
 */
public final class NextGeneration {

	private NextGeneration() {
	}

	/**
	 * Lets the run continue with a fresh journal, and leave memory to be loaded with
	 * that. Messages that were meant for the old one are dropped.
	 * @throws RunUnwound if another thread has decided about the run
	 */
	public static void begin(LoadedRun run, ContinuedAsNew next) {
		RunEnvironment environment = run.environment();
		Instant now = environment.now();
		RunStarted started = new RunStarted(next.arguments(), environment.random().nextLong(),
				RunSecret.draw(environment.random()), now);
		List<Change> dropped = run.continuation()
			.whileReadable(run.inbox()::waiting)
			.stream()
			.filter((message) -> message.kind() == Message.Kind.CALLBACK || message.kind() == Message.Kind.CHILD_ENDED)
			.<Change>map((message) -> new Change.MessageTaken(message.run(), message.sequence()))
			.toList();
		run.journal()
			.restart(run.origin().next(started, run.state().kept()).entries(),
					(row) -> row.continued(next.workflow().version(), now), dropped);
		run.continuation().continueAsNew();
	}

}

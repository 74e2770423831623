package io.kraft.engine.execution;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.kraft.engine.execution.RunRevival.History;
import io.kraft.engine.execution.run.Instants;
import io.kraft.engine.execution.run.LoadedRun;
import io.kraft.engine.execution.run.Replay;
import io.kraft.engine.execution.run.RunEnvironment;
import io.kraft.engine.execution.run.RunJournal;
import io.kraft.engine.journal.JournalCodec;
import io.kraft.engine.journal.JournalEntry;
import io.kraft.engine.journal.JournalEntry.RunStarted;
import io.kraft.engine.journal.Origin;
import io.kraft.engine.journal.Position;
import io.kraft.engine.partition.Partition;
import io.kraft.engine.store.Change;
import io.kraft.engine.store.RunRow;
import io.kraft.engine.store.Timer;
import org.jspecify.annotations.Nullable;

/**
 * A run that is about to be: nothing of it is durable yet.
 *
 * @param changes that make it durable
 * @param begin when its time has come; null if that is now
 */
record NewRun(LoadedRun run, List<Change> changes, @Nullable Timer begin) {

	/**
	 * A run of the next number.
	 * @param parentId of the run that starts it as its child; null if none does
	 * @param executesNow whether it has a slot, or waits for its turn
	 */
	static NewRun create(RunEnvironment environment, String id, StartRequest request, @Nullable String parentId,
			boolean executesNow) {
		Partition partition = environment.partition();
		Partition.Birth birth = partition.nextBirth(environment.now());
		RunRow pending = RunRow.pending(birth.number(), id, request.workflow().name(), request.workflow().version(),
				request.workflow().step(), request.tags(), request.priority(), parentId, birth.at());
		Instant beginsAt = Instants.ceiling(Instants.plus(birth.at(), request.delay()));
		boolean isDelayed = beginsAt.isAfter(birth.at());
		RunRow row = executesNow ? pending.running(birth.at())
				: isDelayed ? pending.scheduled("start, due " + beginsAt) : pending;
		History history = request.history();
		long seed = (history != null) ? history.seed() : environment.chance().nextLong();
		RunStarted started = new RunStarted(request.arguments(), seed, birth.at());
		Origin origin = Origin.of(started, deadline(request.timeout(), beginsAt), request.trace());
		List<JournalEntry> entries = new ArrayList<>();
		if (history != null) {
			entries.addAll(origin.withContinued(history.continued()).entries());
			entries.addAll(history.entries());
		}
		else {
			entries.addAll(origin.entries());
		}
		LoadedRun run = new LoadedRun(request.workflow(), origin, new RunJournal(partition, row, entries.size()),
				Replay.nothing(), environment);
		List<Change> changes = changes(row, entries, run.deadlineTimer());
		Timer begin = isDelayed ? new Timer(beginsAt, row.number(), Position.ROOT) : null;
		if (begin != null) {
			changes.add(new Change.TimerSet(begin));
		}
		if (history != null) {
			history.published()
				.forEach((key, value) -> changes.add(new Change.ValuePublished(row.number(), key, value)));
		}
		return new NewRun(run, changes, begin);
	}

	private static @Nullable Instant deadline(@Nullable Duration timeout, Instant from) {
		return (timeout != null) ? Instants.ceiling(Instants.plus(from, timeout)) : null;
	}

	private static List<Change> changes(RunRow row, List<JournalEntry> entries, @Nullable Timer deadline) {
		List<Change> changes = new ArrayList<>(entries.size() + 2);
		changes.add(new Change.RunChanged(null, row));
		for (int sequence = 0; sequence < entries.size(); sequence++) {
			changes.add(new Change.EntryAppended(row.number(), sequence, JournalCodec.encode(entries.get(sequence))));
		}
		if (deadline != null) {
			changes.add(new Change.TimerSet(deadline));
		}
		return changes;
	}

}

package io.kraft.engine.lifecycle;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import io.kraft.engine.journal.JournalCodec;
import io.kraft.engine.journal.JournalEntry;
import io.kraft.engine.journal.JournalEntry.RunStarted;
import io.kraft.engine.journal.Origin;
import io.kraft.engine.journal.Position;
import io.kraft.engine.journal.RunSecret;
import io.kraft.engine.partition.Partition;
import io.kraft.engine.routing.CopiedHistory;
import io.kraft.engine.run.Instants;
import io.kraft.engine.run.LoadedRun;
import io.kraft.engine.run.Replay;
import io.kraft.engine.run.RunEnvironment;
import io.kraft.engine.run.RunJournal;
import io.kraft.engine.store.Change;
import io.kraft.engine.store.OutboxRow;
import io.kraft.engine.store.Requester;
import io.kraft.engine.store.RunRow;
import io.kraft.engine.store.Timer;
import org.jspecify.annotations.Nullable;

/**
 * A run that is about to be: nothing of it is durable yet.
 *
 * @param row as it will be
 * @param run to be launched; null if it waits for its turn, or for a time
 * @param changes that make it durable
 * @param timers that are set with it
 */
record NewRun(RunRow row, @Nullable LoadedRun run, List<Change> changes, List<Timer> timers) {

	/**
	 * A run of the next number.
	 * @param parentId of the run that starts it as its child; null if none does
	 * @param executesNow whether it has a slot, or waits for its turn
	 */
	static NewRun create(RunEnvironment environment, String id, StartRequest request, @Nullable String parentId,
			boolean executesNow) {
		Partition partition = environment.partition();
		Partition.Creation creation = partition.nextCreation(environment.now());
		RunRow pending = RunRow.pending(creation.number(), id, request.workflow().name(), request.workflow().version(),
				request.workflow().step(), request.tags(), request.priority(), parentId, creation.at());
		Instant beginsAt = Instants.ceiling(Instants.plus(creation.at(), request.delay()));
		boolean isDelayed = beginsAt.isAfter(creation.at());
		RunRow row = executesNow ? pending.running(creation.at()) : isDelayed ? pending.scheduled(beginsAt) : pending;
		CopiedHistory history = request.history();
		long seed = (history != null) ? history.seed() : environment.random().nextLong();
		RunStarted started = new RunStarted(request.arguments(), seed, RunSecret.draw(environment.random()),
				creation.at());
		Origin origin = Origin.of(started, deadline(request.timeout(), beginsAt), request.trace());
		List<JournalEntry> entries = new ArrayList<>();
		if (history != null) {
			entries.addAll(origin.withContinued(history.continued()).entries());
			entries.addAll(history.entries());
		}
		else {
			entries.addAll(origin.entries());
		}
		List<Change> changes = changes(row, entries);
		List<Timer> timers = timers(row, isDelayed ? beginsAt : null, origin.dueAt());
		timers.forEach((timer) -> changes.add(new Change.TimerSet(timer)));
		if (history != null) {
			changes.addAll(watches(environment, row, origin, history));
			history.published()
				.forEach((key, value) -> changes.add(new Change.ValuePublished(row.number(), key, value)));
		}
		LoadedRun run = executesNow ? new LoadedRun(request.workflow(), origin,
				RunJournal.create(environment, row, entries.size(), sizeOf(changes)), Replay.nothing(), environment)
				: null;
		return new NewRun(row, run, changes, timers);
	}

	/** Children in other partitions that it has taken over know the old run only. */
	private static List<Change> watches(RunEnvironment environment, RunRow row, Origin origin, CopiedHistory history) {
		return history.openChildren()
			.stream()
			.filter((child) -> !environment.neighbours().isHere(child.childId()))
			.<Change>map((child) -> environment.neighbours()
				.added(new OutboxRow.Watch(environment.nextRequestId(), child.childId(),
						new Requester(row.id(), row.number(), origin.place(child.position())), child.name(),
						environment.now())))
			.toList();
	}

	private static long sizeOf(List<Change> changes) {
		long size = 0;
		for (Change change : changes) {
			size += (change instanceof Change.EntryAppended appended) ? appended.entry().length : 0;
		}
		return size;
	}

	private static @Nullable Instant deadline(@Nullable Duration timeout, Instant from) {
		return (timeout != null) ? Instants.ceiling(Instants.plus(from, timeout)) : null;
	}

	private static List<Timer> timers(RunRow row, @Nullable Instant beginsAt, @Nullable Instant dueAt) {
		return Stream.of(beginsAt, dueAt)
			.filter(Objects::nonNull)
			.map((at) -> new Timer(at, row.number(), Position.ROOT))
			.toList();
	}

	private static List<Change> changes(RunRow row, List<JournalEntry> entries) {
		List<Change> changes = new ArrayList<>(entries.size() + 2);
		changes.add(new Change.RunChanged(null, row));
		for (int sequence = 0; sequence < entries.size(); sequence++) {
			changes.add(new Change.EntryAppended(row.number(), sequence, JournalCodec.encode(entries.get(sequence))));
		}
		return changes;
	}

}

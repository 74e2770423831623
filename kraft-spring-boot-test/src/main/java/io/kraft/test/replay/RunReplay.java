package io.kraft.test.replay;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;

import io.kraft.client.WorkflowClient;
import io.kraft.client.WorkflowDescription;
import io.kraft.client.WorkflowStatus;
import io.kraft.engine.KraftEngine;
import io.kraft.engine.export.ExportedJournal;
import io.kraft.engine.journal.Failure;
import io.kraft.engine.journal.JournalCodec;
import io.kraft.engine.journal.JournalEntry;
import io.kraft.engine.journal.JournalEntry.RunEnded;
import io.kraft.engine.journal.MaskedTokens;
import io.kraft.engine.journal.OperationKind;
import io.kraft.engine.journal.Outcome;
import io.kraft.engine.journal.Position;
import io.kraft.engine.journal.RecordedOperation;
import io.kraft.engine.message.PreparedMessage;
import io.kraft.engine.store.Change;
import io.kraft.engine.store.Store;
import io.kraft.engine.store.memory.MemoryMedium;
import io.kraft.engine.timer.ManualScheduler;
import io.kraft.test.time.Quiescence;
import org.jspecify.annotations.Nullable;

/**
 * The replay of one recorded journal by an engine that does nothing else: in a store of
 * its own, under a clock by which nothing is ever due.
 */
public final class RunReplay {

	private static final Duration LIMIT = Duration.ofSeconds(10);

	private static final String HINT = ". Was the code changed, or does it depend on clocks, random numbers or other "
			+ "state outside the journal?";

	private final ExportedJournal journal;

	private final @Nullable RunEnded end;

	private final MemoryMedium medium = new MemoryMedium();

	private final Quiescence quiescence = new Quiescence();

	/** Where branches have reached the end of what is recorded. */
	private final ConcurrentSkipListMap<Position, String> frontier = new ConcurrentSkipListMap<>();

	private volatile Supplier<@Nullable RecordedOperation> ahead = () -> null;

	/**
	 * A replay that has not begun.
	 */
	public RunReplay(ExportedJournal journal) {
		this.journal = journal;
		this.end = end(journal);
	}

	/**
	 * Replays it with the definitions of an engine.
	 */
	public ReplayResult with(KraftEngine engine) throws InterruptedException {
		restore();
		try (KraftEngine replaying = engine.replayOnly(this.medium::open, new ManualScheduler(Instant.EPOCH),
				this.quiescence::nextIncarnation, this::reached)) {
			replaying.start();
			if (!this.quiescence.await(LIMIT)) {
				return new ReplayResult.Different(this.journal, "its code executes for longer than " + LIMIT.toSeconds()
						+ " s without asking for anything that is journaled. Does it wait for something outside?");
			}
			return result(replaying.client());
		}
		finally {
			this.medium.crash();
		}
	}

	/** As a process leaves it that dies before the run's end is durable. */
	private void restore() {
		try (Store store = this.medium.open()) {
			store.claim(1);
			List<Change> changes = new ArrayList<>();
			changes.add(new Change.RunChanged(null, this.journal.executingRow(1)));
			int entries = this.journal.entries().size() - ((this.end != null) ? 1 : 0);
			for (JournalEntry entry : this.journal.entries().subList(0, entries)) {
				changes.add(new Change.EntryAppended(1, changes.size() - 1, JournalCodec.encode(entry)));
			}
			store.commit(1, changes);
		}
	}

	private void reached(String run, Position position, OperationKind kind, String name,
			Supplier<@Nullable RecordedOperation> ahead) {
		if (run.equals(this.journal.id())) {
			this.ahead = ahead;
			this.frontier.put(position, named(kind, name));
		}
	}

	private ReplayResult result(WorkflowClient client) {
		WorkflowDescription run = client.handle(this.journal.id()).describe();
		if (run.status() == WorkflowStatus.PAUSED) {
			return new ReplayResult.Different(this.journal, Objects.requireNonNullElse(run.reason(), "it is paused"));
		}
		if (run.status().isTerminal()) {
			return ended(end(ExportedJournal.fromJson(client.export(run.id()))));
		}
		Position beyond = this.frontier.isEmpty() ? null : this.frontier.firstKey();
		if (this.end != null) {
			return new ReplayResult.Different(this.journal, "the recorded run ended with " + text(this.end.outcome())
					+ ", but the code " + ((beyond != null) ? "asks for " + asked(beyond) : "waits") + HINT);
		}
		RecordedOperation skipped = this.ahead.get();
		if (beyond != null && skipped != null) {
			return new ReplayResult.Different(this.journal,
					"position " + skipped.position() + " holds " + named(skipped.kind(), skipped.name())
							+ ", but the code did not ask for it before " + asked(beyond) + HINT);
		}
		return new ReplayResult.Standing(this.journal, (beyond != null) ? asked(beyond) + " is next"
				: (run.waitingFor() != null) ? "it waits for " + run.waitingFor() : "it waits");
	}

	private String asked(Position position) {
		return Objects.requireNonNull(this.frontier.get(position)) + " at position " + position;
	}

	private ReplayResult ended(@Nullable RunEnded now) {
		if (this.end == null || now == null || isSame(this.end.outcome(), now.outcome())) {
			return new ReplayResult.Ended(this.journal);
		}
		return new ReplayResult.Different(this.journal, "the recorded run ended with " + text(this.end.outcome())
				+ ", but the code now ends with " + text(now.outcome()) + HINT);
	}

	private static @Nullable RunEnded end(ExportedJournal journal) {
		return (!journal.entries().isEmpty() && journal.entries().getLast() instanceof RunEnded ended) ? ended : null;
	}

	/** Two stack traces are never the same. */
	private static boolean isSame(Outcome recorded, Outcome now) {
		return (recorded instanceof Outcome.Failed && now instanceof Outcome.Failed) ? text(recorded).equals(text(now))
				: recorded.equals(now);
	}

	private static String named(OperationKind kind, String name) {
		return name.isEmpty() ? "a " + kind.label() : kind.label() + " '" + name + "'";
	}

	private static String text(Outcome outcome) {
		return switch (outcome) {
			case Outcome.Success(var value) -> MaskedTokens.in(PreparedMessage.text(value));
			case Outcome.Failed(Failure failure) -> failure.summary();
		};
	}

}

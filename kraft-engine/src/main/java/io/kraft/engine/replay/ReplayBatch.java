package io.kraft.engine.replay;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import io.kraft.client.ReplayCheckReport.Finding;
import io.kraft.client.ReplayCheckReport.Verdict;
import io.kraft.engine.journal.OperationKind;
import io.kraft.engine.journal.Position;
import io.kraft.engine.journal.RecordedOperation;
import io.kraft.engine.state.RunState;
import io.kraft.engine.store.RunRow;
import io.kraft.engine.store.Store;
import io.kraft.engine.store.memory.MemoryMedium;
import io.kraft.workflow.ErrorDocs;
import io.kraft.workflow.NonDeterministicWorkflowException;
import org.jspecify.annotations.Nullable;

/**
 * Some runs that are replayed together, by an engine of their own over copies of their
 * journals in memory.
 */
final class ReplayBatch {

	private final List<JournalCopy> copies;

	private final Map<String, Reached> reached = new ConcurrentHashMap<>();

	ReplayBatch(List<JournalCopy> copies) {
		this.copies = copies;
	}

	/**
	 * Replays them.
	 * @param patience how long they may take together
	 * @return those that do not simply replay
	 */
	List<Finding> replay(ReplayingEngine.Factory engines, Duration patience) {
		MemoryMedium medium = new MemoryMedium();
		restore(medium);
		Quiescence quiescence = new Quiescence();
		try (ReplayingEngine engine = engines.start(medium::open, quiescence, this::reached)) {
			boolean isQuiescent = quiescence.await(patience);
			List<Finding> findings = new ArrayList<>();
			for (JournalCopy copy : this.copies) {
				finding(copy.row(), engine.store(), isQuiescent).ifPresent(findings::add);
			}
			return findings;
		}
		finally {
			medium.crash();
		}
	}

	private void restore(MemoryMedium medium) {
		try (Store store = medium.open()) {
			store.claim(1);
			for (JournalCopy copy : this.copies) {
				store.commit(1, copy.changes());
			}
		}
	}

	private void reached(String run, Position position, OperationKind kind, String name,
			Supplier<@Nullable RecordedOperation> ahead) {
		Reached now = new Reached(position, named(kind, name), ahead);
		this.reached.merge(run, now, (one, other) -> (one.position().compareTo(other.position()) <= 0) ? one : other);
	}

	private Optional<Finding> finding(RunRow row, Store store, boolean isQuiescent) {
		RunRow now = store.run(row.number()).orElse(null);
		if (now == null || now.status().isTerminal()) {
			return Optional.empty();
		}
		if (now.state() instanceof RunState.Paused paused) {
			return Optional.of(finding(row, Verdict.PAUSES, paused.reason()));
		}
		Reached reached = this.reached.get(row.id());
		if (!isQuiescent) {
			return (reached != null || now.state() instanceof RunState.Suspended) ? Optional.empty()
					: Optional.of(finding(row, Verdict.UNDECIDED,
							"its code executes for long without asking for anything that is journaled. Does it wait "
									+ "for something outside?"));
		}
		RecordedOperation missed = (reached != null) ? reached.ahead().get() : null;
		return (reached != null && missed != null)
				? Optional.of(finding(row, Verdict.PAUSES, ErrorDocs.link(NonDeterministicWorkflowException.CODE,
						"KRAFT-1001: workflow '" + row.id() + "' takes another path on replay: position "
								+ missed.position() + " holds " + named(missed.kind(), missed.name())
								+ ", but the code does not ask for it before " + reached.what() + " at position "
								+ reached.position() + ". See docs/reference/errors.md#kraft-1001")))
				: Optional.empty();
	}

	static Finding finding(RunRow row, Verdict verdict, String reason) {
		return new Finding(row.id(), row.name(), row.version(), row.status(), verdict, reason);
	}

	private static String named(OperationKind kind, String name) {
		return name.isEmpty() ? "a " + kind.label() : kind.label() + " '" + name + "'";
	}

	/**
	 * Where a run's code asks for something that is not recorded, the first such place.
	 *
	 * @param ahead the first recorded operation that it has not asked for
	 */
	private record Reached(Position position, String what, Supplier<@Nullable RecordedOperation> ahead) {
	}

}

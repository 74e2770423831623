package io.kraft.engine.simulation;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;

import io.kraft.client.EngineStoppedException;
import io.kraft.client.WorkflowNotFoundException;
import io.kraft.client.WorkflowStatus;
import io.kraft.engine.journal.JournalCodec;
import io.kraft.engine.journal.JournalEntry;
import io.kraft.engine.journal.JournalEntry.WaitEnded;
import io.kraft.engine.journal.OperationKind;
import io.kraft.engine.journal.Outcome;
import io.kraft.engine.journal.Payload;
import io.kraft.engine.journal.RecordedJournal;
import io.kraft.engine.simulation.Facts.Sent;
import io.kraft.engine.simulation.Facts.Watched;
import io.kraft.engine.store.Message;
import io.kraft.engine.store.RunRow;
import io.kraft.engine.store.StorageException;
import io.kraft.engine.store.Store;
import io.kraft.workflow.WorkflowCancelledException;
import io.kraft.workflow.WorkflowFailedException;
import io.kraft.workflow.WorkflowTimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * What was durable of a partition at each look, and whether one look can follow from the
 * one before and from what was acknowledged.
 */
final class History {

	private final int partition;

	private final World world;

	private final Facts facts;

	private final Map<Long, Seen> runs = new HashMap<>();

	private final Map<String, Long> scheduled = new TreeMap<>();

	private final Set<String> taken = new HashSet<>();

	private final Map<String, Set<String>> endings = new HashMap<>();

	/** Ids of runs that have ended, expired and gone between two looks. */
	private final Set<String> unseen = new HashSet<>();

	private final Set<Watched> delivered = new HashSet<>();

	private Instant lookedAt = Instant.MIN;

	/**
	 * Of one partition.
	 */
	History(int partition, World world, Facts facts) {
		this.partition = partition;
		this.world = world;
		this.facts = facts;
	}

	/** The runs of the schedule by their ids. */
	Set<String> scheduled() {
		return this.scheduled.keySet();
	}

	/** What was seen may be gone. */
	void forget() {
		this.runs.clear();
		this.scheduled.clear();
	}

	/** What was acknowledged up to now; to be asked for before a store is looked at. */
	Acknowledged acknowledged() {
		Map<String, Long> terminated = new HashMap<>(this.facts.terminated());
		terminated.keySet().removeIf((id) -> !isHere(id));
		return new Acknowledged(terminated, this.facts.sent().stream().filter((sent) -> isHere(sent.id())).toList(),
				this.facts.watched()
					.stream()
					.filter((watched) -> isHere(watched.id()) && watched.result().isDone())
					.toList());
	}

	private boolean isHere(String id) {
		return this.world.partitionOf(id) == this.partition;
	}

	void look(Store store, Instant now, Acknowledged acknowledged) {
		Map<Long, RunRow> rows = new HashMap<>();
		for (RunRow row : Rows.of(store)) {
			rows.put(row.number(), row);
			look(store, row);
		}
		for (Seen seen : List.copyOf(this.runs.values())) {
			if (!rows.containsKey(seen.row().number())) {
				vanished(seen.row(), now);
			}
		}
		acknowledged.terminated().forEach((id, number) -> {
			RunRow row = rows.get(number);
			if (row != null && !row.status().isTerminal()) {
				this.world.report("terminated-goes-on",
						"run '" + id + "' is " + row.status() + ", but its termination was acknowledged");
			}
		});
		acknowledged.sent().forEach((sent) -> sent(store, rows.get(sent.number()), sent));
		Set<String> ids = new HashSet<>();
		rows.values().forEach((row) -> ids.add(row.id()));
		ids.removeAll(this.unseen);
		// One that was never seen may have ended, and be gone.
		boolean mayBeUnseen = Duration.between(this.lookedAt, now).compareTo(SimulatedEngine.BRIEF_RETENTION) >= 0;
		acknowledged.results().forEach((watched) -> delivered(watched, ids.contains(watched.id()) && !mayBeUnseen));
		this.lookedAt = now;
	}

	private void look(Store store, RunRow row) {
		RecordedJournal journal = new RecordedJournal();
		Set<String> messages = new HashSet<>();
		for (JournalEntry entry : Rows.entries(store, row)) {
			journal.add(JournalCodec.encode(entry));
			if (entry instanceof WaitEnded ended && ended.outcome() instanceof Outcome.Success(var value)) {
				this.taken.add(row.number() + " " + json(value));
				once(row, messages, ended.kind(), json(value));
			}
		}
		for (Message message : store.messages(row.number(), 0)) {
			if (message.kind() == Message.Kind.SIGNAL && message.outcome() instanceof Outcome.Success(var value)) {
				once(row, messages, OperationKind.SIGNAL, json(value));
			}
		}
		String end = (journal.ended() != null) ? row.status() + " " + text(journal.ended().outcome()) : "";
		Seen before = this.runs.put(row.number(), new Seen(row, end));
		if (!end.isEmpty()) {
			this.endings.computeIfAbsent(row.id(), (id) -> new HashSet<>()).add(end);
		}
		if (before != null && before.row().status().isTerminal() && !before.end().equals(end)
				&& !this.world.isRetried(row.id())) {
			this.world.report("terminal-changed",
					"run '" + row.id() + "' was " + before.end() + " and is " + row.status() + " " + end);
		}
		if (row.name().equals(SimulatedEngine.SCHEDULE) && !row.id().contains("manual") && !row.id().contains("~")) {
			Long other = this.scheduled.put(row.id(), row.number());
			if (other != null && other != row.number()) {
				this.world.report("schedule-twice", "'" + row.id() + "' was run " + other + " and " + row.number());
			}
		}
		if (row.status() == WorkflowStatus.PAUSED && String.valueOf(row.reason()).startsWith("KRAFT")) {
			this.world.report("paused-by-fault", "run '" + row.id() + "' is paused: " + row.reason());
		}
	}

	/** Each signal has a payload of its own. */
	private void once(RunRow row, Set<String> messages, OperationKind kind, String payload) {
		if (kind == OperationKind.SIGNAL && !messages.add(payload)) {
			this.world.report("message-twice", "run '" + row.id() + "' has got the signal " + payload + " twice");
		}
	}

	private static String json(Payload value) {
		return new String(value.bytes(), StandardCharsets.UTF_8);
	}

	private static String text(Outcome outcome) {
		return switch (outcome) {
			case Outcome.Success(var value) -> json(value);
			case Outcome.Failed failed -> "";
		};
	}

	private void vanished(RunRow row, Instant now) {
		this.runs.remove(row.number());
		boolean isExpired = row.expiresAt() != null && !row.expiresAt().isAfter(now);
		Duration retention = row.name().equals("brief") ? SimulatedEngine.BRIEF_RETENTION : SimulatedEngine.RETENTION;
		boolean mayHaveExpired = !row.status().isTerminal()
				&& Duration.between(this.lookedAt, now).compareTo(retention) >= 0;
		if (mayHaveExpired) {
			this.unseen.add(row.id());
		}
		if (!isExpired && !mayHaveExpired && !this.facts.isRemovable(row.id())) {
			this.world.report("run-lost", "run " + row.number() + " '" + row.id() + "' was " + row.status()
					+ " and is gone, but nobody has removed it");
		}
	}

	private void sent(Store store, @Nullable RunRow row, Sent sent) {
		if (row == null || row.status().isTerminal()
				|| this.taken.contains(sent.number() + " \"" + sent.payload() + "\"")
				|| this.world.hasReceived(sent.payload())) {
			return;
		}
		for (Message message : store.messages(sent.number(), 0)) {
			if (message.outcome() instanceof Outcome.Success(var value) && json(value).contains(sent.payload())) {
				return;
			}
		}
		this.world.report("message-lost", "the message " + sent + " was acknowledged, but run '" + row.id()
				+ "', which is " + row.status() + ", has neither taken it nor has it in its inbox");
	}

	/**
	 * Of one that was removed meanwhile the end may never have been seen.
	 * @param isKnown whether the ends of all runs of the id were
	 */
	private void delivered(Watched watched, boolean isKnown) {
		if (!this.delivered.add(watched)) {
			return;
		}
		Set<String> endings = this.endings.getOrDefault(watched.id(), Set.of());
		String what = "the start of '" + watched.id() + "'";
		try {
			Object value = watched.result().join();
			boolean isSeen = endings.contains("COMPLETED \"" + value + "\"");
			if (watched.nonce() != null && !String.valueOf(value).startsWith(watched.nonce() + "/")) {
				this.world.report("result-of-another", what + " made " + watched.nonce() + ", but got " + value);
			}
			else if (!isSeen && isKnown && !this.facts.isRemovable(watched.id())) {
				this.world.report("result-not-durable", what + " got " + value + ", but its ends were " + endings);
			}
		}
		catch (CompletionException ex) {
			// It may have failed and been retried between two looks.
			boolean mayBeUnseen = !isKnown || this.facts.isRemovable(watched.id())
					|| this.world.isRetried(watched.id());
			failed(what, mayBeUnseen ? Set.of() : endings, Optional.ofNullable(ex.getCause()).orElse(ex));
		}
	}

	private void failed(String what, Set<String> endings, Throwable failure) {
		String problem = switch (failure) {
			case WorkflowFailedException ex -> has(endings, "FAILED", "DEAD");
			case WorkflowCancelledException ex -> has(endings, "CANCELLED", "TERMINATED");
			case WorkflowTimeoutException ex -> has(endings, "TIMED_OUT");
			case WorkflowNotFoundException ex -> "";
			case EngineStoppedException ex -> "";
			case StorageException ex when ex.code().equals("KRAFT-4001") || ex.code().equals("KRAFT-4007") -> "";
			default -> "unexpected";
		};
		if (!problem.isEmpty()) {
			this.world.report("result-unexpected", what + " got " + failure + ", " + problem);
		}
	}

	private String has(Set<String> endings, String... statuses) {
		for (String status : statuses) {
			if (endings.stream().anyMatch((end) -> end.startsWith(status))) {
				return "";
			}
		}
		return endings.isEmpty() ? "" : "but its ends were " + endings;
	}

	/**
	 * What clients and operators rely on.
	 */
	record Acknowledged(Map<String, Long> terminated, List<Sent> sent, List<Watched> results) {
	}

	private record Seen(RunRow row, String end) {
	}

}

package io.kraft.engine.export;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import io.kraft.client.WorkflowStatus;
import io.kraft.engine.journal.JournalCodec;
import io.kraft.engine.journal.JournalEntry;
import io.kraft.engine.journal.JournalEntry.RunStarted;
import io.kraft.engine.journal.PayloadConverter;
import io.kraft.engine.store.RunRow;
import io.kraft.engine.store.Store;
import org.jspecify.annotations.Nullable;

/**
 * A run with its journal, away from any store: what is exported from one application, and
 * replayed by another, or by the next version of the same. As JSON it has the format
 * {@code kraft-journal/1}; no part of the journal gets lost but its secret, and the
 * tokens of callbacks: it can be replayed, but the run cannot be acted on by it.
 *
 * @param id of the run
 * @param workflow name of its workflow, or of its queue
 * @param version of the workflow that it began with
 * @param step that a work item executes; null in a run of a workflow
 * @param status when it was exported
 * @param tags labels given at the start
 * @param priority higher ones go first
 * @param parentId the run that started this one as a child; null if none did
 * @param createdAt when the start was called
 * @param entries of its journal, in their order
 */
public record ExportedJournal(String id, String workflow, int version, @Nullable String step, WorkflowStatus status,
		Map<String, String> tags, int priority, @Nullable String parentId, Instant createdAt,
		List<JournalEntry> entries) {

	public ExportedJournal {
		tags = Map.copyOf(tags);
		entries = entries.stream().map(ExportedJournal::withoutSecret).toList();
	}

	private static JournalEntry withoutSecret(JournalEntry entry) {
		return (entry instanceof RunStarted started) ? started.withoutSecret() : entry;
	}

	/**
	 * What a store holds of a run.
	 */
	public static ExportedJournal of(RunRow row, Store store) {
		return of(row, (reader) -> store.journal(row.number(), 0, reader));
	}

	/**
	 * A run whose journal is streamed.
	 * @param journal hands each encoded entry to a reader
	 */
	public static ExportedJournal of(RunRow row, Consumer<Consumer<byte[]>> journal) {
		List<JournalEntry> entries = new ArrayList<>();
		journal.accept((entry) -> entries.add(JournalCodec.decode(entry)));
		return new ExportedJournal(row.id(), row.name(), row.version(), row.step(), row.status(), row.tags(),
				row.priority(), row.parentId(), row.createdAt(), entries);
	}

	/**
	 * Reads what {@link #toJson} has written.
	 * @throws IllegalArgumentException if it is something else, or of a later version
	 */
	public static ExportedJournal fromJson(String json) {
		return JournalFormat.read(json);
	}

	/**
	 * The journal as JSON text.
	 * @param payloads unwraps what codecs have wrapped; what it cannot unwrap stays as it
	 * is, and can be replayed only where it can be unwrapped
	 */
	public String toJson(PayloadConverter payloads) {
		return JournalFormat.write(this, payloads);
	}

	/**
	 * The row of the run as it was while it executed.
	 * @param number in the store that it is put into
	 */
	public RunRow executingRow(long number) {
		return RunRow
			.pending(number, this.id, this.workflow, this.version, this.step, this.tags, this.priority, this.parentId,
					this.createdAt)
			.running(this.createdAt);
	}

}

package io.kraft.engine.client;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.kraft.client.OverloadedException;
import io.kraft.engine.journal.JournalCodec;
import io.kraft.engine.journal.JournalEntry.RunStarted;
import io.kraft.engine.journal.JournalTooLargeException;
import io.kraft.engine.journal.Payload;
import io.kraft.engine.journal.RecordedJournal;
import io.kraft.engine.memory.ByteBudget;
import io.kraft.engine.routing.StartedRun;
import io.kraft.engine.store.Change.EntryAppended;
import io.kraft.engine.store.Change.RunChanged;
import io.kraft.engine.store.RunRow;
import io.kraft.engine.store.Store;
import io.kraft.engine.store.memory.MemoryMedium;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ShownJournalsTests {

	private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

	private final Store store = new MemoryMedium().open();

	private final StartedRun small = run(1, 1_000);

	private final StartedRun large = run(2, 6_000);

	private final StartedRun huge = run(3, 20_000);

	private final ShownJournals reads = new ShownJournals(new ByteBudget(10_000),
			(run, reader) -> this.store.journal(run.number(), 0, reader));

	@Test
	void whatFitsIsReadBesideOthersAndWhatDoesNotIsRefusedUntilTheyAreDone() {
		String seen = this.reads.read(this.large, (journal) -> {
			assertThatExceptionOfType(OverloadedException.class)
				.isThrownBy(() -> this.reads.read(this.large, RecordedJournal::length))
				.withMessageContainingAll("KRAFT-3005", "'run-2'");
			assertThatExceptionOfType(OverloadedException.class)
				.isThrownBy(() -> this.reads.whole(this.small, () -> "read"));
			return this.reads.read(this.small, RecordedJournal::length) + " beside " + journal.length();
		});

		assertThat(seen).isEqualTo("1 beside 1");
		assertThat(this.reads.read(this.large, RecordedJournal::length)).isEqualTo(1);
		assertThat(this.reads.whole(this.small, () -> "read")).isEqualTo("read");
		assertThatExceptionOfType(JournalTooLargeException.class).as("a text takes several times as much")
			.isThrownBy(() -> this.reads.whole(this.large, () -> "read"));
	}

	@Test
	void whatWouldNeverFitIsRefusedForThat() {
		assertThatExceptionOfType(JournalTooLargeException.class)
			.isThrownBy(() -> this.reads.read(this.huge, RecordedJournal::length));
		assertThatExceptionOfType(JournalTooLargeException.class)
			.isThrownBy(() -> this.reads.whole(this.huge, () -> "read"));
		assertThat(this.reads.read(this.large, RecordedJournal::length)).isEqualTo(1);
	}

	private StartedRun run(long number, int bytes) {
		if (this.store.epoch() == 0) {
			this.store.claim(1);
		}
		RunRow row = RunRow.pending(number, "run-" + number, "w", 1, Map.of(), NOON);
		this.store.commit(1, List.of(new RunChanged(null, row), new EntryAppended(number, 0,
				JournalCodec.encode(new RunStarted(Payload.json(new byte[bytes]), 42, null, NOON)))));
		return new StartedRun(row.id(), number);
	}

}

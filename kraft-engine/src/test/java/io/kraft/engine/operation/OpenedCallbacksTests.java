package io.kraft.engine.operation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import io.kraft.engine.journal.JournalCodec;
import io.kraft.engine.journal.JournalEntry;
import io.kraft.engine.journal.JournalEntry.CallbackOpened;
import io.kraft.engine.journal.JournalEntry.RunRetried;
import io.kraft.engine.journal.JournalEntry.RunStarted;
import io.kraft.engine.journal.JournalEntry.StateChanged;
import io.kraft.engine.journal.Payload;
import io.kraft.engine.journal.Position;
import io.kraft.engine.journal.RunSecret;
import io.kraft.engine.store.Change;
import io.kraft.engine.store.RunRow;
import io.kraft.engine.store.Store;
import io.kraft.engine.store.memory.MemoryMedium;
import io.kraft.engine.testing.ForwardingStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Holders of tokens do not let journals be read again and again.
 */
class OpenedCallbacksTests {

	private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

	private static final RunSecret SECRET = RunSecret.draw(new Random(7));

	private final AtomicInteger read = new AtomicInteger();

	private final Store store = new ForwardingStore(new MemoryMedium().open()) {

		@Override
		public void journal(long run, int from, Consumer<byte[]> reader) {
			super.journal(run, from, (entry) -> {
				OpenedCallbacksTests.this.read.incrementAndGet();
				reader.accept(entry);
			});
		}

	};

	private final OpenedCallbacks opened = new OpenedCallbacks(this.store);

	private int length;

	@BeforeEach
	void begin() {
		this.store.claim(1);
		this.store.commit(1, List.of(new Change.RunChanged(null, RunRow.pending(1, "r", "order", 1, Map.of(), NOON))));
		add(new RunStarted(Payload.NULL, 7, SECRET, NOON));
	}

	@AfterEach
	void close() {
		this.store.close();
	}

	@Test
	void aJournalIsReadOnceHoweverManyTokensAreShown() {
		for (int i = 1; i <= 1000; i++) {
			add(callback(i));
		}

		for (int i = 1; i <= 1000; i++) {
			assertThat(isSomethingElse(Integer.toString(i))).isFalse();
		}

		assertThat(this.read).hasValue(1001);
		add(state(1001));
		add(callback(1002));
		assertThat(isSomethingElse("1002")).isFalse();
		assertThat(this.read).hasValue(1003);
	}

	@Test
	void whatHoldsSomethingElseIsLookedForOnce() {
		for (int i = 1; i <= 100; i++) {
			add(state(i));
		}

		for (int i = 0; i < 100; i++) {
			assertThat(isSomethingElse("7")).isTrue();
			assertThat(isSomethingElse("777")).isFalse();
		}

		assertThat(this.read.get()).isLessThan(400);
	}

	@Test
	void aRetryDropsACallbackAndTheCodeOpensItAgainOrSomethingElse() {
		add(callback(1));
		add(callback(2));
		assertThat(isSomethingElse("1")).isFalse();

		add(new RunRetried(List.of(position(1), position(2)), NOON));
		assertThat(isSomethingElse("1")).as("nothing is there yet").isFalse();
		add(state(1));
		add(callback(2));
		assertThat(isSomethingElse("1")).isTrue();
		assertThat(isSomethingElse("2")).isFalse();

		add(new RunRetried(List.of(position(1)), NOON));
		assertThat(isSomethingElse("1")).isFalse();
		add(callback(1));
		assertThat(isSomethingElse("1")).isFalse();
	}

	@Test
	void aFreshJournalIsReadFromItsBeginning() {
		add(callback(1));
		assertThat(isSomethingElse("1")).isFalse();

		RunSecret next = RunSecret.draw(new Random(8));
		this.store.commit(1, List.of(new Change.JournalCleared(1)));
		this.length = 0;
		add(new RunStarted(Payload.NULL, 7, next, NOON));
		add(state(1));

		assertThat(this.opened.isSomethingElse(1, next, "1")).isTrue();
	}

	@Test
	void manyJournalsAreNotAllRemembered() {
		for (int i = 1; i <= 300; i++) {
			add(callback(i));
		}

		for (int secret = 0; secret < 1000; secret++) {
			assertThat(this.opened.isSomethingElse(1, RunSecret.draw(new Random(secret)), "300")).isFalse();
		}

		assertThat(this.opened.remembered()).isBetween(60_000, 66_000);
	}

	private boolean isSomethingElse(String position) {
		return this.opened.isSomethingElse(1, SECRET, position);
	}

	private void add(JournalEntry entry) {
		List<Change> changes = new ArrayList<>();
		changes.add(new Change.EntryAppended(1, this.length++, JournalCodec.encode(entry)));
		this.store.commit(1, changes);
	}

	private static CallbackOpened callback(int position) {
		return new CallbackOpened(position(position), null, NOON);
	}

	private static StateChanged state(int position) {
		return new StateChanged(position(position), "k", Payload.NULL, NOON);
	}

	private static Position position(int number) {
		return Position.of(number);
	}

}

package io.kraft.engine.store;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.kraft.engine.journal.Outcome;
import io.kraft.engine.journal.Payload;
import io.kraft.engine.store.Change.EntryAppended;
import io.kraft.engine.store.Change.JournalCleared;
import io.kraft.engine.store.Change.MessageAdded;
import io.kraft.engine.store.Change.MessageReturned;
import io.kraft.engine.store.Change.MessageSetAside;
import io.kraft.engine.store.Change.MessageTaken;
import io.kraft.engine.store.Change.ProgressForgotten;
import io.kraft.engine.store.Change.ProgressReported;
import io.kraft.engine.store.Change.RunChanged;
import io.kraft.engine.store.Change.RunRemoved;
import io.kraft.engine.store.Change.ValuePublished;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a store promises about inboxes, published values and the progress of steps.
 */
abstract class MessageContract extends ListingContract {

	private static final int LARGE = 100_000;

	protected abstract void reopen();

	@Test
	void keepsMessagesInTheOrderOfTheirSequencesUntilTheyAreTaken() {
		apply(new MessageAdded(message(7, 11, "b"), "id-11"), new MessageAdded(message(7, 10, "a"), null),
				new MessageAdded(message(8, 12, "c"), null));

		assertThat(store().messages(7, 0)).extracting(Message::name).containsExactly("a", "b");
		assertThat(store().messages(7, 10)).containsExactly(message(7, 11, "b"));
		assertThat(store().runsWithMessages(0, 10)).containsExactly(7L, 8L);
		assertThat(store().runsWithMessages(7, 10)).containsExactly(8L);
		assertThat(store().runsWithMessages(0, 1)).containsExactly(7L);

		apply(new MessageTaken(7, 11), new MessageTaken(7, 10));

		assertThat(store().messages(7, 0)).isEmpty();
		assertThat(store().runsWithMessages(0, 10)).containsExactly(8L);
	}

	@Test
	void remembersTheIdsOfMessagesThatWereTaken() {
		apply(new MessageAdded(message(7, 10, "a"), "id-10"), new MessageTaken(7, 10));
		reopen();

		assertThat(store().knowsMessage(7, "id-10")).isTrue();
		assertThat(store().knowsMessage(7, "id-1")).isFalse();
		assertThat(store().knowsMessage(8, "id-10")).isFalse();
	}

	@Test
	void keepsTheLastValueThatWasPublishedUnderAKey() {
		apply(new ValuePublished(7, "k", Payload.NULL), new ValuePublished(7, "k", payload("1")),
				new ValuePublished(7, "kk", payload("2")));
		reopen();

		assertThat(store().published(7, "k")).isEqualTo(payload("1"));
		assertThat(store().published(7, "kk")).isEqualTo(payload("2"));
		assertThat(store().published(8, "k")).isNull();
	}

	@Test
	void keepsWhatAStepHasToldLastUntilItIsForgottenAndPublishesItNot() {
		apply(new ProgressReported(7, "1\nstep", Payload.NULL), new ProgressReported(7, "1\nstep", payload("1")),
				new ProgressReported(7, "2\nstep", payload("2")), new ProgressForgotten(7, "3\nstep"));
		reopen();

		assertThat(store().progress(7, "1\nstep")).isEqualTo(payload("1"));
		assertThat(store().progress(7, "2\nstep")).isEqualTo(payload("2"));
		assertThat(store().progress(8, "1\nstep")).isNull();
		assertThat(store().published(7, "1\nstep")).isNull();

		apply(new ProgressReported(7, "1\nstep", payload("3")), new ProgressForgotten(7, "1\nstep"));
		reopen();

		assertThat(store().progress(7, "1\nstep")).isNull();
		assertThat(store().progress(7, "2\nstep")).isEqualTo(payload("2"));
	}

	@Test
	void leavesNothingOfWhatStepsHaveToldBehindWhenTheJournalIsCleared() {
		apply(new ProgressReported(7, "1\nstep", payload("1")), new ProgressReported(8, "1\nstep", payload("2")),
				new ValuePublished(7, "k", payload("3")));

		apply(new JournalCleared(7));

		assertThat(store().progress(7, "1\nstep")).isNull();
		assertThat(store().progress(8, "1\nstep")).isEqualTo(payload("2"));
		assertThat(store().published(7, "k")).isEqualTo(payload("3"));
	}

	@Test
	void leavesNoMessageOfARunBehindThatIsRemoved() {
		RunRow row = run(7);
		apply(new RunChanged(null, row), new EntryAppended(7, 0, new byte[1]));
		apply(new MessageAdded(message(7, 10, "a"), "id-10"), new ValuePublished(7, "k", Payload.NULL),
				new ProgressReported(7, "1\nstep", Payload.NULL));

		apply(new RunRemoved(row));

		assertThat(store().runsWithMessages(0, 10)).isEmpty();
		assertThat(store().knowsMessage(7, "id-10")).isFalse();
		assertThat(store().published(7, "k")).isNull();
		assertThat(store().progress(7, "1\nstep")).isNull();
	}

	@Test
	void showsALargeMessageByItsHeadAndReadsItWhole() {
		apply(new MessageAdded(large(7, 10), null), new MessageAdded(message(7, 11, "small"), null));
		reopen();

		List<String> seen = new ArrayList<>();
		store().readMessages(7, 0, (message, isWhole, bytes) -> seen
			.add(message.name() + " " + isWhole + " " + (bytes > LARGE) + " " + (message.outcome() + "").length()));

		assertThat(seen).containsExactly("large false true " + (new Outcome.Success(Payload.NULL) + "").length(),
				"small true false " + (message(7, 11, "small").outcome() + "").length());
		assertThat(store().message(7, 10)).isEqualTo(large(7, 10));
		assertThat(store().messages(7, 0)).containsExactly(large(7, 10), message(7, 11, "small"));
		assertThat(store().inboxSize(7).messages()).isEqualTo(2);
		assertThat(store().inboxSize(7).bytes()).isBetween((long) LARGE, LARGE + 200L);
	}

	@Test
	void keepsNothingOfALargeMessageThatWasTakenOrReplacedOrLostItsRun() {
		RunRow row = run(7);
		apply(new RunChanged(null, row), new EntryAppended(7, 0, new byte[1]), new MessageAdded(large(7, 10), null),
				new MessageAdded(large(7, 11), null), new MessageAdded(large(7, 12), null));

		apply(new MessageTaken(7, 10), new MessageTaken(7, 11), new MessageAdded(message(7, 11, "small"), null));
		assertThat(store().message(7, 10)).isNull();
		assertThat(store().message(7, 11)).isEqualTo(message(7, 11, "small"));

		apply(new RunRemoved(row));
		assertThat(store().messages(7, 0)).isEmpty();
		assertThat(store().check(10).findings()).isEmpty();
	}

	@Test
	void movesALargeMessageAsideAndBackWithoutReadingIt() {
		apply(new MessageAdded(large(7, 10), null));

		apply(new MessageSetAside(head(7, 10)));
		assertThat(store().messages(7, 0)).isEmpty();
		assertThat(store().messagesSetAside(7)).containsExactly(head(7, 10));

		apply(new MessageReturned(head(7, 10)));
		reopen();
		assertThat(store().messages(7, 0)).containsExactly(large(7, 10));
		assertThat(store().messagesSetAside(7)).isEmpty();
	}

	private static Message large(long run, long sequence) {
		return new Message(run, sequence, Message.Kind.SIGNAL, "large",
				new Outcome.Success(payload("\"" + "x".repeat(LARGE) + "\"")), Instant.ofEpochMilli(5));
	}

	private static Message head(long run, long sequence) {
		return new Message(run, sequence, Message.Kind.SIGNAL, "large", new Outcome.Success(Payload.NULL),
				Instant.ofEpochMilli(5));
	}

	private void apply(Change... changes) {
		store().commit(1, List.of(changes));
	}

	private static Message message(long run, long sequence, String name) {
		return new Message(run, sequence, Message.Kind.SIGNAL, name, new Outcome.Success(payload("1")),
				Instant.ofEpochMilli(5));
	}

	private static Payload payload(String json) {
		return Payload.json(json.getBytes(StandardCharsets.UTF_8));
	}

}

package io.kraft.engine.message.channel;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import io.kraft.engine.journal.Outcome;
import io.kraft.engine.message.channel.Channel.Next;
import io.kraft.engine.message.channel.ChannelReceiver.Reaction;
import io.kraft.engine.store.Change;
import io.kraft.engine.store.ChannelContract;
import io.kraft.engine.store.ChannelOrderException;
import io.kraft.engine.store.Channels;
import io.kraft.engine.store.Message;
import io.kraft.engine.store.OutboxEntry;
import io.kraft.engine.store.OutboxRow;
import io.kraft.engine.store.Store;
import io.kraft.engine.store.memory.MemoryMedium;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Two partitions and the channel between them, in one thread, from a seed: both crash at
 * any commit, requests and answers are lost, rows are refused. Everything that was sent
 * is taken exactly once, in order.
 */
class ChannelSimulationTests {

	private static final int SENDER = 1;

	private static final int RECEIVER = 2;

	private static final int EVENTS = 400;

	private final int seeds = Integer.getInteger("kraft.test.channel.seeds", 150);

	@Test
	void everyRowIsTakenExactlyOnceAndInOrder() {
		for (int seed = 0; seed < this.seeds; seed++) {
			new World(seed, Fault.NONE).runToItsEnd();
		}
	}

	/** The tests find what they are for. */
	@Test
	void aMarkOutsideOfTheCommitOfItsEffectIsFound() {
		assertIsFound(Fault.MARK_AFTERWARDS);
	}

	@Test
	void aRemovalBeforeTheAnswerIsFound() {
		assertIsFound(Fault.REMOVED_WHEN_SENT);
	}

	@Test
	void anAnswerOfWhatIsNotDurableIsFound() {
		assertIsFound(Fault.SUBMITTED_ANSWERED);
	}

	private void assertIsFound(Fault fault) {
		assertThatThrownBy(() -> {
			for (int seed = 0; seed < this.seeds; seed++) {
				new World(seed, fault).runToItsEnd();
			}
		}).isInstanceOfAny(AssertionError.class, ChannelOrderException.class);
	}

	private enum Fault {

		NONE, MARK_AFTERWARDS, REMOVED_WHEN_SENT, SUBMITTED_ANSWERED

	}

	/** A crash of one of the two, where it happens. */
	private static final class Crash extends RuntimeException {

		private static final long serialVersionUID = 1L;

	}

	/** Two partitions, from the first commit to the last. */
	private static final class World {

		private final Random random;

		private final Fault fault;

		private final int seed;

		private final MemoryMedium sender = new MemoryMedium();

		private final MemoryMedium receiver = new MemoryMedium();

		private final List<String> sent = new ArrayList<>();

		private final List<String> dropped = new ArrayList<>();

		private Store sending;

		private Store taking;

		private Channel channel;

		private ChannelReceiver taker;

		/** Submitted by the receiver, in one batch of its committer. */
		private final List<Change> submitted = new ArrayList<>();

		private Instant now = Instant.EPOCH;

		private boolean isCalm;

		World(int seed, Fault fault) {
			this.seed = seed;
			this.random = new Random(seed);
			this.fault = fault;
			this.sending = open(this.sender);
			this.taking = open(this.receiver);
			this.channel = new Channel(RECEIVER, this.sending.channels().sent(RECEIVER));
			this.taker = new ChannelReceiver(SENDER, this.taking.channels().taken(SENDER));
		}

		void runToItsEnd() {
			for (int event = 0; event < EVENTS; event++) {
				event();
			}
			this.isCalm = true;
			for (int event = 0; event < 4 * EVENTS && this.channel.waiting() > 0; event++) {
				this.now = this.now.plusSeconds(1);
				deliver();
			}
			List<String> expected = new ArrayList<>(this.sent);
			expected.removeAll(this.dropped);
			assertThat(this.channel.waiting()).as("rows that wait, seed %s", this.seed).isZero();
			assertThat(this.taking.messages(1, 0)).as("seed %s", this.seed)
				.extracting(Message::name)
				.isEqualTo(expected);
			assertThat(this.sending.check(5).findings()).isEmpty();
			this.sending.close();
			this.taking.close();
		}

		private void event() {
			this.now = this.now.plusMillis(this.random.nextInt(200));
			switch (this.random.nextInt(8)) {
				case 0 -> crashSender();
				case 1 -> crashReceiver();
				case 2, 3, 4 -> add();
				default -> deliver();
			}
		}

		private void add() {
			List<Change> changes = new ArrayList<>();
			for (int row = this.random.nextInt(4); row >= 0; row--) {
				String request = "r" + this.sent.size();
				this.sent.add(request);
				changes.add(new Change.OutboxAdded(RECEIVER, ChannelContract.signal(request, "v")));
			}
			this.sending.commit(this.sending.epoch(), changes);
			this.channel.committed(this.sending.channels().sent(RECEIVER));
		}

		private void deliver() {
			if (!(this.channel.next(this.now) instanceof Next.Send(long after, long last))) {
				return;
			}
			List<OutboxEntry> batch = this.sending.channels()
				.rows(RECEIVER, after, 5, Channels.BATCH_BYTES)
				.stream()
				.takeWhile((entry) -> entry.sequence() <= last)
				.toList();
			this.channel.begin(batch);
			if (this.fault == Fault.REMOVED_WHEN_SENT) {
				remove(batch.getLast().sequence());
			}
			Long answer = isLost() ? null : take(batch);
			if (answer == null || isLost()) {
				this.channel.failed(this.now);
				return;
			}
			long removed = this.channel.answered(answer, this.now);
			assertThat(this.channel.alarm()).as("seed %s", this.seed).isNull();
			if (removed > 0 && !isLost()) {
				remove(removed);
			}
			else if (removed > 0) {
				crashSender();
			}
		}

		private void remove(long upTo) {
			this.sending.commit(this.sending.epoch(), List.of(new Change.OutboxRemoved(RECEIVER, upTo)));
			this.channel.committed(this.sending.channels().sent(RECEIVER));
		}

		/** Null if it has died before its answer. */
		private @Nullable Long take(List<OutboxEntry> batch) {
			try {
				for (OutboxEntry entry : this.taker.accept(batch)) {
					Submission submission = submission(entry.row());
					Reaction reaction = this.taker.after(entry, submission);
					if (reaction == Reaction.CONTINUE || reaction == Reaction.DROP) {
						submit(entry, reaction == Reaction.DROP);
					}
					if (reaction == Reaction.DROP) {
						this.taker.after(entry, Submission.SUBMITTED);
					}
					if (reaction == Reaction.END_BATCH || reaction == Reaction.STOP) {
						break;
					}
				}
				if (this.fault == Fault.SUBMITTED_ANSWERED) {
					return this.taker.submitted();
				}
				flush();
				return this.taking.channels().taken(SENDER);
			}
			catch (Crash ex) {
				crashReceiver();
				return null;
			}
		}

		/** A row that is dropped is dropped whenever it comes. */
		private Submission submission(OutboxRow row) {
			if (row.requestId().hashCode() % 13 == 0) {
				if (!this.dropped.contains(row.requestId())) {
					this.dropped.add(row.requestId());
				}
				return Submission.REFUSED;
			}
			return switch (this.isCalm ? 9 : this.random.nextInt(20)) {
				case 0 -> Submission.OVERLOADED;
				case 1 -> Submission.FAILED;
				default -> Submission.SUBMITTED;
			};
		}

		private void submit(OutboxEntry entry, boolean isDropped) {
			OutboxRow.Signal signal = (OutboxRow.Signal) entry.row();
			List<Change> effect = isDropped ? List.of() : List.of(new Change.MessageAdded(new Message(1, nextMessage(),
					Message.Kind.SIGNAL, signal.requestId(), new Outcome.Success(signal.value()), signal.at()), null));
			this.submitted.addAll(effect);
			if (this.fault == Fault.MARK_AFTERWARDS) {
				flush();
			}
			this.submitted.add(new Change.ChannelTaken(SENDER, entry.sequence()));
			if (this.random.nextInt(3) == 0) {
				flush();
			}
		}

		private long nextMessage() {
			long waiting = this.submitted.stream().filter(Change.MessageAdded.class::isInstance).count();
			List<Message> durable = this.taking.messages(1, 0);
			return (durable.isEmpty() ? 0 : durable.getLast().sequence()) + waiting + 1;
		}

		private void flush() {
			if (isLost()) {
				throw new Crash();
			}
			this.taking.commit(this.taking.epoch(), List.copyOf(this.submitted));
			this.submitted.clear();
			if (isLost()) {
				throw new Crash();
			}
		}

		private boolean isLost() {
			return !this.isCalm && this.random.nextInt(12) == 0;
		}

		private void crashSender() {
			this.sender.crash();
			this.sending = open(this.sender);
			this.channel = new Channel(RECEIVER, this.sending.channels().sent(RECEIVER));
		}

		private void crashReceiver() {
			this.submitted.clear();
			this.receiver.crash();
			this.taking = open(this.receiver);
			this.taker = new ChannelReceiver(SENDER, this.taking.channels().taken(SENDER));
		}

		private static Store open(MemoryMedium medium) {
			Store store = medium.open();
			store.claim(store.epoch() + 1);
			return store;
		}

	}

}

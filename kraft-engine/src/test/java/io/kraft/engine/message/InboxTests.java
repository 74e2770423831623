package io.kraft.engine.message;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;

import io.kraft.engine.journal.Outcome;
import io.kraft.engine.journal.Payload;
import io.kraft.engine.store.Change.MessageAdded;
import io.kraft.engine.store.Change.MessageTaken;
import io.kraft.engine.memory.ByteBudget;
import io.kraft.engine.store.Message;
import io.kraft.engine.store.Store;
import io.kraft.engine.store.memory.MemoryMedium;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An inbox with and without room in memory.
 */
class InboxTests {

	private static final long RUN = 7;

	private final Store store = new MemoryMedium().open();

	private long lastSequence;

	@AfterEach
	void close() {
		this.store.close();
	}

	@Test
	void manyInboxesHoldNoMoreTogetherThanTheMemoryThatTheyShare() {
		ByteBudget memory = new ByteBudget(2_000);
		List<Inbox> inboxes = LongStream.range(0, 50).mapToObj((run) -> new Inbox(run, this.store, memory)).toList();
		for (int run = 0; run < 50; run++) {
			add(run, Message.Kind.SIGNAL, "go", 100);
		}

		inboxes.forEach((inbox) -> assertThat(inbox.waiting()).hasSize(1));
		assertThat(memory.held()).isBetween(1_000L, 2_000L);
		inboxes.forEach((inbox) -> assertThat(inbox.take((message) -> true)).isNotNull());
		assertThat(memory.held()).isZero();
		inboxes.forEach((inbox) -> assertThat(inbox.take((message) -> true)).isNull());
	}

	@Test
	void aRunThatLeavesMemoryGivesBackWhatItsMessagesTook() {
		ByteBudget memory = new ByteBudget(1_000_000);
		Inbox inbox = new Inbox(RUN, this.store, memory);
		add(RUN, Message.Kind.SIGNAL, "a", 100);
		add(RUN, Message.Kind.SIGNAL, "b", 20_000);
		assertThat(inbox.waiting()).hasSize(2);
		assertThat(memory.held()).isBetween(600L, 1_000L);

		inbox.close();
		assertThat(memory.held()).isZero();
		assertThat(inbox.take((message) -> message.name().equals("b"))).isNotNull();
		add(RUN, Message.Kind.SIGNAL, "c", 100);
		assertThat(inbox.waiting()).extracting(Message::name).containsExactly("a", "c");
		assertThat(memory.held()).isZero();
	}

	static LongStream seeds() {
		return LongStream.range(0, 200);
	}

	@ParameterizedTest
	@MethodSource("seeds")
	void whatIsReadFromDiskIsTakenLikeWhatIsHeld(long seed) {
		SplittableRandom random = new SplittableRandom(seed);
		ByteBudget memory = new ByteBudget(List.of(1L, 600L, 2_000L).get(random.nextInt(3)));
		Inbox scarce = new Inbox(RUN, this.store, memory);
		Inbox ample = new Inbox(RUN, this.store, new ByteBudget(Long.MAX_VALUE));
		List<Message> taken = new ArrayList<>();
		for (int i = 0; i < 120; i++) {
			Message.Kind kind = random.nextBoolean() ? Message.Kind.SIGNAL : Message.Kind.CHILD_ENDED;
			switch (random.nextInt(8)) {
				case 0, 1, 2 -> add(RUN, kind, "m", random.nextInt(300));
				case 3 -> {
					Message message = ample.take((found) -> found.kind() == kind);
					assertThat(scarce.take((found) -> found.kind() == kind)).isEqualTo(message);
					add(taken, message);
				}
				case 4 -> {
					List<Message> all = ample.takeAll(kind).stream().map(ample::read).toList();
					assertThat(scarce.takeAll(kind).stream().map(scarce::read)).isEqualTo(all);
					taken.addAll(all);
				}
				case 5 -> {
					long sequence = 1 + random.nextLong(this.lastSequence + 1);
					Message message = this.store.message(RUN, sequence);
					boolean isWithdrawn = ample.withdraw(sequence);
					assertThat(scarce.withdraw(sequence)).isEqualTo(isWithdrawn);
					add(taken, isWithdrawn ? message : null);
				}
				case 6 -> {
					if (!taken.isEmpty()) {
						Message message = taken.remove(random.nextInt(taken.size()));
						ample.putBack(message);
						scarce.putBack(message);
					}
				}
				case 7 -> {
					if (!taken.isEmpty()) {
						Message removed = taken.remove(random.nextInt(taken.size()));
						this.store.commit(this.store.epoch(), List.of(new MessageTaken(RUN, removed.sequence())));
					}
				}
				default -> throw new IllegalStateException();
			}
			assertThat(sequences(scarce)).isEqualTo(sequences(ample));
		}
		scarce.close();
		assertThat(memory.held()).isZero();
	}

	private static List<Long> sequences(Inbox inbox) {
		return inbox.waiting().stream().map(Message::sequence).toList();
	}

	private static void add(List<Message> taken, @Nullable Message message) {
		if (message != null) {
			taken.add(message);
		}
	}

	private void add(long run, Message.Kind kind, String name, int bytes) {
		Message message = new Message(run, ++this.lastSequence, kind, name,
				new Outcome.Success(Payload.json(new byte[bytes])), Instant.EPOCH);
		this.store.commit(this.store.epoch(), List.of(new MessageAdded(message, null)));
	}

}

package io.kraft.engine.admission;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

import io.kraft.engine.store.Change;
import io.kraft.engine.store.RunRow;
import io.kraft.engine.store.Store;
import io.kraft.engine.store.memory.MemoryMedium;
import io.kraft.engine.testing.ForwardingStore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PendingQueueTests {

	private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

	private final Store store = new MemoryMedium().open();

	private final PendingQueue queue = new PendingQueue(this.store, "order");

	@BeforeEach
	void own() {
		this.store.claim(1);
	}

	@AfterEach
	void close() {
		this.store.close();
	}

	@Test
	void goesThroughAllThatWaitInTheirOrderHoweverManyPagesTheyAre() {
		List<Long> expected = new ArrayList<>();
		LongStream.rangeClosed(1, 1000).forEach((number) -> pending(number, 0));
		LongStream.rangeClosed(1001, 1010).forEach((number) -> pending(number, 5));
		LongStream.rangeClosed(1001, 1010).forEach(expected::add);
		LongStream.rangeClosed(1, 1000).forEach(expected::add);
		this.queue.expectMore();

		assertThat(takeAll()).isEqualTo(expected);
		assertThat(this.queue.mayHaveMore()).isFalse();
	}

	@Test
	void takesWhatComesLaterAndBelongsToTheFrontAlsoIfItIsMoreThanAPage() {
		LongStream.rangeClosed(2000, 2400).forEach((number) -> pending(number, 0));
		this.queue.expectMore();
		assertThat(take()).isEqualTo(2000);
		LongStream.rangeClosed(1, 1500).forEach((number) -> this.queue.expect(pending(number, 0)));
		this.queue.expect(pending(3000, 1));
		List<Long> expected = new ArrayList<>(List.of(3000L));
		LongStream.rangeClosed(1, 1500).forEach(expected::add);
		LongStream.rangeClosed(2001, 2400).forEach(expected::add);

		assertThat(takeAll()).isEqualTo(expected);
	}

	@Test
	void findsWhatComesAfterItWasEmpty() {
		this.queue.expect(pending(7, 0));
		assertThat(takeAll()).containsExactly(7L);
		this.queue.expect(pending(8, 0));
		this.queue.expect(pending(3, 0));

		assertThat(takeAll()).containsExactly(3L, 8L);
	}

	@Test
	void mayHaveMoreWhileItReadsWhatWaitsOnDisk() {
		pending(7, 0);
		List<Boolean> seen = new ArrayList<>();
		PendingQueue[] read = new PendingQueue[1];
		read[0] = new PendingQueue(new ForwardingStore(this.store) {
			@Override
			public List<RunRow> pending(String workflow, @Nullable RunRow after, int limit) {
				seen.add(read[0].mayHaveMore());
				return super.pending(workflow, after, limit);
			}
		}, "order");
		read[0].expectMore();

		read[0].peek();

		assertThat(seen).as("a start that looks now waits behind it").containsExactly(true);
	}

	private RunRow pending(long number, int priority) {
		RunRow row = RunRow.pending(number, "run-" + number, "order", 1, null, Map.of(), priority, null, NOON);
		this.store.commit(1, List.of(new Change.RunChanged(null, row)));
		return row;
	}

	private List<Long> takeAll() {
		List<Long> taken = new ArrayList<>();
		for (long number = take(); number > 0; number = take()) {
			taken.add(number);
		}
		return taken;
	}

	/** Takes the next one, which waits no more. */
	private long take() {
		RunRow row = this.queue.peek();
		if (row == null) {
			return 0;
		}
		this.queue.remove(row);
		this.store.commit(1, List.of(new Change.RunChanged(row, row.running(NOON))));
		return row.number();
	}

}

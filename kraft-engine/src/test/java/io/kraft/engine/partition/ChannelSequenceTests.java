package io.kraft.engine.partition;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

import io.kraft.engine.journal.Payload;
import io.kraft.engine.store.Change;
import io.kraft.engine.store.ChannelOrderException;
import io.kraft.engine.store.OutboxEntry;
import io.kraft.engine.store.OutboxRow;
import io.kraft.engine.store.Requester;
import io.kraft.engine.store.Store;
import io.kraft.engine.store.memory.MemoryMedium;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Whatever threads commit, and whatever of it is refused: the sequences of a channel are
 * consecutive, and in the order of the commits.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ChannelSequenceTests {

	private static final int THREADS = 8;

	private static final int COMMITS = 300;

	private static final int TARGETS = 3;

	private static final int REFUSED = 99;

	private final MemoryMedium medium = new MemoryMedium();

	/** Requests by target, in the order in which they became durable. */
	private final Map<Integer, List<String>> committed = new HashMap<>();

	private final List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3, 4, 5 })
	void sequencesAreInTheOrderOfTheCommits(long seed) throws Exception {
		Partition partition = Partition.open(this.medium.open(), this::note, this.failures::add);
		List<Thread> threads = new ArrayList<>();
		for (int thread = 0; thread < THREADS; thread++) {
			Random random = new Random(seed * THREADS + thread);
			String name = "thread-" + thread;
			threads.add(Thread.ofPlatform()
				.uncaughtExceptionHandler((dead, ex) -> this.failures.add(ex))
				.start(() -> commit(partition, name, random)));
		}
		for (Thread thread : threads) {
			thread.join();
		}
		partition.close();

		assertThat(this.failures).isEmpty();
		assertThat(this.committed).hasSize(TARGETS);
		try (Store store = this.medium.open()) {
			this.committed.forEach((target, requests) -> {
				List<OutboxEntry> entries = store.channels().rows(target, 0, Integer.MAX_VALUE, Integer.MAX_VALUE);
				assertThat(entries).extracting((entry) -> entry.row().requestId()).isEqualTo(requests);
				assertThat(entries).extracting(OutboxEntry::sequence)
					.isEqualTo(LongStream.rangeClosed(1, requests.size()).boxed().toList());
			});
			assertThat(store.check(10).findings()).isEmpty();
		}
		for (int thread = 0; thread < THREADS; thread++) {
			assertInOrder("thread-" + thread);
		}
	}

	private void commit(Partition partition, String thread, Random random) {
		for (int number = 0; number < COMMITS; number++) {
			List<Change> changes = new ArrayList<>();
			for (int row = random.nextInt(3); row >= 0; row--) {
				changes.add(new Change.OutboxAdded(random.nextInt(TARGETS), row(thread + ":" + number + "." + row)));
			}
			boolean isRefused = random.nextInt(20) == 0;
			if (isRefused) {
				changes.add(new Change.ChannelTaken(REFUSED, 7));
			}
			Commit commit = partition.submit(changes);
			if (isRefused) {
				assertThatExceptionOfType(ChannelOrderException.class).isThrownBy(commit::await);
			}
			else if (random.nextBoolean()) {
				commit.await();
			}
		}
	}

	private static OutboxRow row(String request) {
		return new OutboxRow.Signal(request, "order-1", new Requester("p", 1, "1"), "go", Payload.NULL, Instant.EPOCH);
	}

	/** On the committer's thread. */
	private void note(CommitListener.Batch batch) {
		for (Change change : batch.changes()) {
			if (change instanceof Change.OutboxAdded(int target, OutboxRow row)) {
				this.committed.computeIfAbsent(target, (key) -> new ArrayList<>()).add(row.requestId());
			}
		}
	}

	/**
	 * What one thread sends to one partition arrives in the order in which it sent it.
	 */
	private void assertInOrder(String thread) {
		this.committed.values().forEach((requests) -> {
			List<Integer> numbers = requests.stream()
				.filter((request) -> request.startsWith(thread + ":"))
				.map((request) -> Integer.valueOf(request.substring(thread.length() + 1, request.indexOf('.'))))
				.toList();
			assertThat(numbers).isSorted();
		});
	}

}

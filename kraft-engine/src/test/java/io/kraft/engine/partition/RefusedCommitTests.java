package io.kraft.engine.partition;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.kraft.engine.journal.Payload;
import io.kraft.engine.store.AnsweredRequest;
import io.kraft.engine.store.Change;
import io.kraft.engine.store.ChannelOrderException;
import io.kraft.engine.store.OversizedCommitException;
import io.kraft.engine.store.RepeatedRequestException;
import io.kraft.engine.store.RunRow;
import io.kraft.engine.store.Store;
import io.kraft.engine.store.check.Finding.Kind;
import io.kraft.engine.store.memory.MemoryMedium;
import io.kraft.engine.testing.ForwardingStore;
import io.kraft.workflow.KraftException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * One commit of a batch is refused; those that share the batch become durable as if it
 * had never been there.
 */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class RefusedCommitTests {

	private static final Change.RequestAnswered REQUEST = new Change.RequestAnswered(
			new AnsweredRequest("request", "", Instant.EPOCH));

	private final List<KraftException> failures = Collections.synchronizedList(new ArrayList<>());

	private final HeldStore store = new HeldStore(new MemoryMedium().open());

	private final Partition partition = Partition.open(this.store, (batch) -> {
	}, this.failures::add);

	@AfterEach
	void close() {
		this.partition.close();
		assertThat(this.failures).isEmpty();
	}

	@Test
	void aChangeThatIsDecidedLateIsDecidedOnce() {
		AtomicInteger decided = new AtomicInteger();
		Commit first = this.partition.submit(List.of(REQUEST));
		Commit late = this.partition.submitLate(() -> {
			assertThat(decided.incrementAndGet()).as("how often").isEqualTo(1);
			return new Change.ProgressReported(1, "step", Payload.NULL);
		}, 100);
		Commit refused = this.partition.submit(List.of(REQUEST));

		this.store.release();

		first.await();
		late.await();
		assertThatExceptionOfType(RepeatedRequestException.class).isThrownBy(refused::await);
		assertThat(this.partition.store().progress(1, "step")).isEqualTo(Payload.NULL);
	}

	@Test
	void aLargeBatchIsWrittenWithFewWritesMore() {
		List<Commit> good = new ArrayList<>();
		List<Commit> refused = new ArrayList<>();
		this.partition.submit(List.of(REQUEST));
		for (int number = 1; number <= 256; number++) {
			good.add(this.partition.submit(List.of(new Change.RunChanged(null, run(number)))));
			if (number == 100 || number == 101) {
				refused.add(this.partition
					.submit(List.of(new Change.RunChanged(null, run(1000 + number)), new Change.ChannelTaken(3, 7))));
			}
		}

		this.store.release();

		good.forEach(Commit::await);
		refused.forEach((commit) -> assertThatExceptionOfType(ChannelOrderException.class).isThrownBy(commit::await));
		assertThat(this.store.commits.get()).isLessThan(40);
		assertThat(this.partition.store().counts().get("order").counts().values()).containsExactly(256L);
		assertThat(this.partition.store().check(10).counts()).containsOnlyKeys(Kind.JOURNAL_MISSING);
	}

	@Test
	void whatFollowsInTheSameChannelIsRefusedToo() {
		this.partition.submit(List.of(REQUEST));
		Commit first = this.partition.submit(List.of(new Change.ChannelTaken(3, 1)));
		Commit refused = this.partition.submit(List.of(new Change.ChannelTaken(3, 2), REQUEST));
		Commit next = this.partition.submit(List.of(new Change.ChannelTaken(3, 3)));
		Commit other = this.partition.submit(List.of(new Change.ChannelTaken(4, 1)));

		this.store.release();

		first.await();
		other.await();
		assertThatExceptionOfType(RepeatedRequestException.class).isThrownBy(refused::await);
		assertThatExceptionOfType(ChannelOrderException.class).isThrownBy(next::await);
		assertThat(this.partition.store().channels().taken(3)).isEqualTo(1);
		assertThat(this.partition.store().channels().taken(4)).isEqualTo(1);
	}

	@Test
	void oneThatIsTooLargeIsRefusedAloneAndItsRunIsNamed() {
		List<RefusedRun> named = Collections.synchronizedList(new ArrayList<>());
		this.partition.whenRefused(named::add);
		this.store.limit = 10_000;
		this.partition.submit(List.of(REQUEST));
		Commit small = this.partition.submit(List.of(new Change.EntryAppended(1, 0, new byte[6000])));
		Commit large = this.partition.submit(List.of(new Change.EntryAppended(2, 0, new byte[10_001])));
		Commit other = this.partition.submit(List.of(new Change.EntryAppended(3, 0, new byte[6000])));

		this.store.release();

		small.await();
		other.await();
		assertThatExceptionOfType(OversizedCommitException.class).isThrownBy(large::await)
			.withMessageStartingWith("KRAFT-1005: ");
		assertThat(named).singleElement().extracting(RefusedRun::run).isEqualTo(2L);
		assertThat(this.partition.store().journalLength(1)).isEqualTo(1);
		assertThat(this.partition.store().journalLength(2)).isZero();
		this.partition.submit(List.of(new Change.EntryAppended(1, 1, new byte[1]))).await();
	}

	private static RunRow run(long number) {
		return RunRow.pending(number, "run-" + number, "order", 1, Map.of(), Instant.EPOCH);
	}

	/** Its first commit waits, so that the others are one batch. */
	private static final class HeldStore extends ForwardingStore {

		private final CountDownLatch released = new CountDownLatch(1);

		private final AtomicInteger commits = new AtomicInteger();

		private volatile int limit = Integer.MAX_VALUE;

		HeldStore(Store store) {
			super(store);
		}

		void release() {
			this.released.countDown();
		}

		@Override
		public void commit(long epoch, List<Change> changes) {
			try {
				this.released.await();
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
			this.commits.incrementAndGet();
			int bytes = changes.stream().mapToInt(Change::sizeBytes).sum();
			if (bytes > this.limit) {
				throw new OversizedCommitException(bytes, this.limit);
			}
			super.commit(epoch, changes);
		}

	}

}

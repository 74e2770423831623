package io.kraft.engine.partition;

import java.util.ArrayList;
import java.util.List;

import io.kraft.client.EngineStoppedException;
import io.kraft.engine.reliability.Proves;
import io.kraft.engine.testing.CountedWork;
import io.kraft.engine.testing.Interleavings;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static io.kraft.engine.testing.Interleavings.check;

/**
 * The queue in every order in which producers and the consumer can meet.
 */
@Proves(fault = "Threads meet in the commit queue, in any order (Lincheck)",
		promise = "The outcome is that of some order one by one")
@Tag("interleavings")
class CommitQueueTests {

	private static final int UNIT = 1024;

	@Test
	void noCommitIsLeftBehindWhileTheConsumerFallsAsleep() {
		Interleavings.explore(() -> {
			CountedWork work = new CountedWork();
			CommitQueue queue = new CommitQueue(16 * UNIT, work);
			Commit first = commit(1);
			Commit second = commit(1);
			Commit third = commit(1);
			List<Commit> taken = new ArrayList<>();

			Interleavings.inParallel(() -> {
				queue.put(first);
				queue.put(second);
			}, () -> queue.put(third), () -> take(queue, 3, taken));

			check(taken.size() == 3 && taken.containsAll(List.of(first, second, third)), "all commits are taken");
			check(taken.indexOf(first) < taken.indexOf(second), "a producer's commits stay in their order");
			check(queue.length() == 0, "the queue is empty");
			check(work.inHand() == 0, "each commit is over");
		});
	}

	@Test
	void aProducerThatWaitsForRoomGoesOnWhenThereIsSome() {
		Interleavings.explore(() -> {
			CommitQueue queue = new CommitQueue(2 * UNIT, new CountedWork());
			List<Commit> taken = new ArrayList<>();

			Interleavings.inParallel(() -> {
				queue.put(commit(UNIT));
				queue.put(commit(UNIT));
			}, () -> queue.put(commit(5 * UNIT)), () -> take(queue, 3, taken));

			check(taken.size() == 3, "all commits are taken");
		});
	}

	@Test
	void aCloseWakesTheConsumerAndIsSeenAfterTheLastCommit() {
		Interleavings.explore(() -> {
			CommitQueue queue = new CommitQueue(16 * UNIT, new CountedWork());
			List<Commit> taken = new ArrayList<>();

			Interleavings.inParallel(() -> {
				queue.put(commit(1));
				queue.close();
			}, () -> takeAll(queue, taken));

			check(taken.size() == 1, "what was put in before the close is taken");
		});
	}

	@Test
	void whatIsLeftWhenTheConsumerHasEndedIsFailedOnce() {
		Interleavings.explore(() -> {
			CountedWork work = new CountedWork();
			CommitQueue queue = new CommitQueue(16 * UNIT, work);
			Commit first = commit(1);
			Commit second = commit(1);

			Interleavings.inParallel(() -> queue.put(first), () -> queue.put(second),
					() -> queue.failAll(CommitQueueTests::stopped));
			queue.failAll(CommitQueueTests::stopped);

			check(!first.isDurable() && !second.isDurable(), "neither is durable");
			check(work.inHand() == 0, "each commit is over");
		});
	}

	private static EngineStoppedException stopped() {
		return new EngineStoppedException("stopped");
	}

	private static void take(CommitQueue queue, int count, List<Commit> taken) {
		while (taken.size() < count) {
			for (Commit commit : takeBatch(queue, Integer.MAX_VALUE)) {
				taken.add(commit);
				commit.succeed();
			}
		}
	}

	private static void takeAll(CommitQueue queue, List<Commit> taken) {
		for (List<Commit> batch = takeBatch(queue, 1); !batch.isEmpty(); batch = takeBatch(queue, 1)) {
			taken.addAll(batch);
		}
	}

	private static Commit commit(int sizeBytes) {
		return new Commit(List::of, sizeBytes);
	}

	private static List<Commit> takeBatch(CommitQueue queue, int maxBytes) {
		List<Commit> batch = new ArrayList<>();
		queue.take(batch, maxBytes);
		return batch;
	}

}

package io.kraft.engine.admission;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.kraft.engine.timer.ManualScheduler;
import io.kraft.workflow.WorkQueue.Rate;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ConcurrencyLimitTests {

	private static final Duration MINUTE = Duration.ofMinutes(1);

	private final ManualScheduler clock = new ManualScheduler();

	private final ConcurrencyLimit limit = new ConcurrencyLimit(1, null, this.clock);

	@Test
	void partitionsThatWaitTakeTurnsHoweverManyRunsEachHas() {
		this.limit.begin(run(0, 1));
		assertThat(this.limit.admitsOrAwait(0)).isFalse();
		assertThat(this.limit.admitsOrAwait(2)).isFalse();
		assertThat(this.limit.admitsOrAwait(1)).isFalse();
		List<Integer> begun = new ArrayList<>();
		NodeRun last = run(0, 1);
		for (int turn = 0; turn < 9; turn++) {
			this.limit.end(last);
			assertThat(this.limit.offer()).hasSize(1);
			for (int partition : new int[] { 0, 1, 2 }) {
				NodeRun next = run(partition, 100 + turn);
				if (this.limit.admitsOrAwait(partition) && this.limit.tryBegin(next)) {
					begun.add(partition);
					last = next;
				}
			}
			assertThat(this.limit.admitsOrAwait(last.partition())).as("it has more").isFalse();
		}

		assertThat(begun).containsExactly(0, 2, 1, 0, 2, 1, 0, 2, 1);
	}

	@Test
	void aNewRunDoesNotGetAheadOfAnotherPartitionThatWaits() {
		this.limit.begin(run(0, 1));
		this.limit.admitsOrAwait(1);
		this.limit.end(run(0, 1));

		assertThat(this.limit.tryReserve(0)).isFalse();
		assertThat(this.limit.tryBegin(run(1, 7))).isTrue();
	}

	@Test
	void aPartitionThatHasNoRunsAnyMoreLeavesItsTurnToTheNext() {
		this.limit.begin(run(0, 1));
		this.limit.admitsOrAwait(1);
		this.limit.admitsOrAwait(2);
		this.limit.end(run(0, 1));
		assertThat(this.limit.offer()).containsExactly(1);

		this.limit.withdraw(1);

		assertThat(this.limit.offer()).containsExactly(2);
	}

	@Test
	void aPartitionThatDoesNotTakeItsTurnHoldsUpOthersForASecondAndTheyKnowWhenToLook() {
		this.limit.begin(run(0, 1));
		this.limit.admitsOrAwait(1);
		this.limit.admitsOrAwait(2);
		this.limit.end(run(0, 1));
		this.limit.offer();
		assertThat(this.limit.admitsOrAwait(2)).isFalse();
		Instant later = this.clock.instant().plusSeconds(1);
		assertThat(this.limit.looksAt(2)).isEqualTo(later);

		this.clock.advanceTo(later);

		assertThat(this.limit.tryBegin(run(2, 1))).isTrue();
	}

	@Test
	void aPartitionThatHasFailedTakesNoTurnAndKeepsItsPlaces() {
		ConcurrencyLimit two = new ConcurrencyLimit(2, null, this.clock);
		two.begin(run(1, 1));
		two.tryReserve(1);
		two.admitsOrAwait(1);
		two.admitsOrAwait(0);

		two.close(1);
		assertThat(two.admits(0)).as("one has begun, one may have").isFalse();
		assertThat(two.offer()).isEmpty();

		two.leave(1);
		assertThat(two.offer()).containsExactly(0);
		assertThat(two.tryBegin(run(0, 1))).isTrue();
		assertThat(two.tryBegin(run(0, 2))).isTrue();
	}

	@Test
	void anAttemptIsReservedForTheItemWhoseTurnItIs() {
		ConcurrencyLimit queue = new ConcurrencyLimit(Integer.MAX_VALUE, new RateLimit(new Rate(1, MINUTE)),
				this.clock);
		queue.join(0, Map.of(), List.of());
		queue.join(1, Map.of(), List.of());
		assertThat(queue.tryBegin(run(0, 1))).isTrue();

		assertThat(queue.tryBegin(run(1, 1))).as("not counted yet, but about to be").isFalse();
		queue.end(run(0, 1));
		assertThat(queue.tryBegin(run(1, 1))).as("it was not made").isTrue();
	}

	@Test
	void partitionsThatWaitForARateKnowWhenToLookThoughItIsNotTheirTurn() {
		ConcurrencyLimit queue = new ConcurrencyLimit(Integer.MAX_VALUE, new RateLimit(new Rate(2, MINUTE)),
				this.clock);
		queue.join(0, Map.of(), List.of());
		queue.join(1, Map.of(), List.of());
		for (int number = 1; number <= 2; number++) {
			assertThat(queue.tryBegin(run(0, number))).isTrue();
			queue.count(0, "mail", number);
		}
		assertThat(queue.admitsOrAwait(0)).isFalse();
		assertThat(queue.admitsOrAwait(1)).isFalse();
		Instant opensAt = this.clock.instant().plus(MINUTE);
		assertThat(queue.looksAt(1)).isEqualTo(opensAt);

		this.clock.advanceTo(opensAt);

		assertThat(queue.looksAt(1)).as("it has opened between its look and this").isEqualTo(opensAt);
		assertThat(queue.tryBegin(run(0, 3))).isTrue();
		assertThat(queue.offer()).as("there is one more").containsExactly(1);
	}

	@Test
	void theNumberOfPlacesMayChange() {
		this.limit.begin(run(0, 1));
		this.limit.admitsOrAwait(0);
		this.limit.resize(2);
		assertThat(this.limit.offer()).containsExactly(0);
		assertThat(this.limit.tryBegin(run(0, 2))).isTrue();

		this.limit.resize(1);
		this.limit.end(run(0, 1));
		assertThat(this.limit.admits(0)).as("one still has begun").isFalse();
	}

	private static NodeRun run(int partition, long number) {
		return new NodeRun(partition, number);
	}

}

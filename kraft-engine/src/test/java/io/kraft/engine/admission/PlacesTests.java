package io.kraft.engine.admission;

import java.time.Instant;
import java.util.Map;
import java.util.Set;

import io.kraft.engine.store.RunRow;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PlacesTests {

	private final Places places = new Places();

	@Test
	void aPlaceIsLentToOneChildAfterTheOtherWhileItsRunWaits() {
		this.places.begin(run(1));
		this.places.request(run(1), 0, child(2), "run-2", 1);
		this.places.request(run(1), 0, child(3), "run-3", 1);
		assertThat(this.places.lend(0)).as("it does not wait").isNull();
		this.places.waits(run(1), Set.of("run-2", "run-3"));

		assertThat(this.places.lend(0)).isEqualTo(child(2));
		assertThat(this.places.lend(0)).as("it is lent").isNull();
		assertThat(this.places.taken()).isEqualTo(1);
		this.places.end(run(2));
		assertThat(this.places.lend(0)).as("the parent continues first").isNull();
		this.places.waits(run(1), Set.of("run-3"));
		assertThat(this.places.lend(0)).isEqualTo(child(3));
	}

	@Test
	void aRunThatContinuesTakesItsPlaceWhoeverWorksOnIt() {
		lendTwice();

		this.places.continues(run(1));

		assertThat(this.places.taken()).isEqualTo(2);
	}

	@Test
	void theLoanOfARunThatEndsGoesOverToItsBorrower() {
		lendTwice();

		this.places.end(run(2));
		assertThat(this.places.taken()).as("the parent continues while the grandchild executes").isEqualTo(2);
		this.places.waits(run(1), Set.of("run-4"));
		assertThat(this.places.taken()).isEqualTo(1);
		this.places.end(run(3));
		this.places.end(run(1));

		assertThat(this.places.taken()).isZero();
	}

	@Test
	void afterARestartTheRunsOfAChainTakeOnePlaceWhenTheyHaveSaidWhatTheyWaitFor() {
		Places restarted = new Places();
		restarted.restore(run(1), true);
		restarted.restore(run(2), true);
		assertThat(restarted.taken()).isEqualTo(2);
		assertThat(restarted.takeUnreported()).containsExactlyInAnyOrder(run(1), run(2));

		assertThat(restarted.waits(run(1), Set.of("run-2"))).isTrue();
		restarted.request(run(1), 0, child(2), "run-2", 1);

		assertThat(restarted.taken()).isEqualTo(1);
	}

	private void lendTwice() {
		this.places.begin(run(1));
		this.places.waits(run(1), Set.of("run-2"));
		this.places.request(run(1), 0, child(2), "run-2", 1);
		this.places.lend(0);
		this.places.waits(run(2), Set.of("run-3"));
		this.places.request(run(2), 0, child(3), "run-3", 1);
		this.places.lend(0);
		assertThat(this.places.taken()).isEqualTo(1);
	}

	@Test
	void aPlaceIsLentToAChildInAnotherPartitionWithTheSameNumber() {
		this.places.begin(run(1));
		this.places.waits(run(1), Set.of("run-1"));
		this.places.request(run(1), 2, child(1), "run-1", 1);

		assertThat(this.places.lendsTo()).containsExactly(2);
		assertThat(this.places.lend(0)).as("it is not there").isNull();
		assertThat(this.places.lend(2)).isEqualTo(child(1));
		assertThat(this.places.taken()).isEqualTo(1);
		assertThat(this.places.lendsTo()).isEmpty();
		this.places.end(new NodeRun(2, 1));
		this.places.end(run(1));
		assertThat(this.places.taken()).isZero();
	}

	@Test
	void aPartitionThatIsReleasedTakesItsPlacesWithIt() {
		lendTwice();
		this.places.begin(new NodeRun(1, 1));
		this.places.leave(0);

		assertThat(this.places.taken()).isEqualTo(1);
		assertThat(this.places.has(new NodeRun(1, 1))).isTrue();
	}

	private static NodeRun run(long number) {
		return new NodeRun(0, number);
	}

	private static RunRow child(long number) {
		return RunRow.pending(number, "run-" + number, "order", 1, Map.of(), Instant.EPOCH);
	}

}

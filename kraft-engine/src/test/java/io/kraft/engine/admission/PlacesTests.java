package io.kraft.engine.admission;

import java.time.Instant;
import java.util.Map;
import java.util.Set;

import io.kraft.engine.store.RunRow;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PlacesTests {

	private final Places places = new Places(Map.of());

	@Test
	void aPlaceIsLentToOneChildAfterTheOtherWhileItsRunWaits() {
		this.places.begin(1);
		this.places.request(1, child(2), "run-2", 1);
		this.places.request(1, child(3), "run-3", 1);
		assertThat(this.places.lend()).as("it does not wait").isNull();
		this.places.waits(1, Set.of("run-2", "run-3"));

		assertThat(this.places.lend()).isEqualTo(child(2));
		assertThat(this.places.lend()).as("it is lent").isNull();
		assertThat(this.places.taken()).isEqualTo(1);
		this.places.end(2);
		assertThat(this.places.lend()).as("the parent continues first").isNull();
		this.places.waits(1, Set.of("run-3"));
		assertThat(this.places.lend()).isEqualTo(child(3));
	}

	@Test
	void aRunThatContinuesTakesItsPlaceWhoeverWorksOnIt() {
		lendTwice();

		this.places.continues(1);

		assertThat(this.places.taken()).isEqualTo(2);
	}

	@Test
	void theLoanOfARunThatEndsGoesOverToItsBorrower() {
		lendTwice();

		this.places.end(2);
		assertThat(this.places.taken()).as("the parent continues while the grandchild executes").isEqualTo(2);
		this.places.waits(1, Set.of("run-4"));
		assertThat(this.places.taken()).isEqualTo(1);
		this.places.end(3);
		this.places.end(1);

		assertThat(this.places.taken()).isZero();
	}

	@Test
	void afterARestartTheRunsOfAChainTakeOnePlaceWhenTheyHaveSaidWhatTheyWaitFor() {
		Places restarted = new Places(Map.of(1L, true, 2L, true));
		assertThat(restarted.taken()).isEqualTo(2);
		assertThat(restarted.takeUnreported()).containsExactlyInAnyOrder(1L, 2L);

		assertThat(restarted.waits(1, Set.of("run-2"))).isTrue();
		restarted.request(1, child(2), "run-2", 1);

		assertThat(restarted.taken()).isEqualTo(1);
	}

	private void lendTwice() {
		this.places.begin(1);
		this.places.waits(1, Set.of("run-2"));
		this.places.request(1, child(2), "run-2", 1);
		this.places.lend();
		this.places.waits(2, Set.of("run-3"));
		this.places.request(2, child(3), "run-3", 1);
		this.places.lend();
		assertThat(this.places.taken()).isEqualTo(1);
	}

	private static RunRow child(long number) {
		return RunRow.pending(number, "run-" + number, "order", 1, Map.of(), Instant.EPOCH);
	}

}

package io.kraft.engine.admission;

import java.time.Instant;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TurnsTests {

	private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

	private final Turns turns = new Turns();

	@Test
	void whatIsFreeIsOfferedInTheOrderInWhichPartitionsCameAndToEachOnce() {
		this.turns.await(3);
		this.turns.await(1);
		this.turns.await(2);
		this.turns.await(3);

		assertThat(this.turns.ahead(1)).isEqualTo(1);
		assertThat(this.turns.ahead(7)).as("it does not wait").isEqualTo(3);
		assertThat(this.turns.offer((more) -> more <= 2, NOON)).containsExactly(3, 1);
		assertThat(this.turns.offer((more) -> more <= 2, NOON)).isEmpty();
		this.turns.leave(3);
		this.turns.await(3);
		assertThat(this.turns.offer((more) -> more <= 3, NOON)).containsExactly(2, 3);
	}

	@Test
	void oneThatDoesNotTakeWhatItIsOfferedHoldsUpTheOthersForASecond() {
		this.turns.await(0);
		this.turns.await(1);
		assertThat(this.turns.expiresAt()).isNull();
		this.turns.offer((more) -> more <= 1, NOON);

		assertThat(this.turns.expiresAt()).isEqualTo(NOON.plusSeconds(1));
		this.turns.expire(1, NOON.plusMillis(999));
		assertThat(this.turns.ahead(1)).isEqualTo(1);
		this.turns.expire(0, NOON.plusSeconds(1));
		assertThat(this.turns.ahead(1)).as("it is just looking").isEqualTo(1);
		this.turns.expire(1, NOON.plusSeconds(1));
		assertThat(this.turns.ahead(1)).isZero();
	}

	@Test
	void aClockThatIsSetBackProlongsNoOffer() {
		this.turns.await(0);
		this.turns.offer((more) -> true, NOON);

		this.turns.expire(1, NOON.minusSeconds(1));

		assertThat(this.turns.areNone()).isTrue();
	}

}

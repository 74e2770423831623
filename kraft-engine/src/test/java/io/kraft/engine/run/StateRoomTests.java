package io.kraft.engine.run;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

import io.kraft.engine.journal.Payload;
import io.kraft.engine.testing.Interleavings;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The state of a run stays within its limit, whatever its branches do together.
 */
class StateRoomTests {

	private static final Payload VALUE = Payload.json("\"0123456789\"".getBytes(StandardCharsets.UTF_8));

	private static final long SIZE = ValueRoom.size("a", VALUE);

	@Test
	void parallelBranchesDoNotPassTheLimitTogether() {
		Interleavings.explore(() -> {
			DurableState state = new DurableState(null);
			StateRoom room = new StateRoom(state, SIZE);
			AtomicInteger sequence = new AtomicInteger();
			AtomicInteger accepted = new AtomicInteger();

			Interleavings.inParallel(() -> set(room, "a", sequence, accepted),
					() -> set(room, "b", sequence, accepted));

			Interleavings.check(state.size() == SIZE, "the state takes no more than its limit");
			Interleavings.check(accepted.get() == 1 && sequence.get() == 1, "one of the branches was refused");
		});
	}

	@Test
	void aValueThatIsNoLargerFitsAndWhatWasClearedMakesRoom() {
		DurableState state = new DurableState(null);
		StateRoom room = new StateRoom(state, SIZE);
		AtomicInteger sequence = new AtomicInteger();

		assertThat(room.set("a", VALUE, sequence::incrementAndGet)).isTrue();
		assertThat(room.set("a", VALUE, sequence::incrementAndGet)).isTrue();
		assertThat(room.set("b", Payload.NULL, sequence::incrementAndGet)).isFalse();
		state.apply("a", null, sequence.incrementAndGet(), false);
		assertThat(room.set("b", VALUE, sequence::incrementAndGet)).isTrue();
		assertThat(sequence).hasValue(4);
	}

	private static void set(StateRoom room, String key, AtomicInteger sequence, AtomicInteger accepted) {
		if (room.set(key, VALUE, sequence::incrementAndGet)) {
			accepted.incrementAndGet();
		}
	}

}

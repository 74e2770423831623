package io.kraft.cluster.routing;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Random;

import io.kraft.cluster.routing.Linearizability.Operation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The checker accepts what is linearizable, and finds what is not.
 */
class LinearizabilityTests {

	/** A register, of which "w1" writes 1 and "r1" has read 1. */
	private final Linearizability<String, String> register = new Linearizability<>("0", LinearizabilityTests::next);

	private static Collection<String> next(String state, String operation) {
		String value = operation.substring(1);
		return (operation.charAt(0) == 'w') ? List.of(value) : state.equals(value) ? List.of(state) : List.of();
	}

	private boolean accepts(List<Operation<String>> history) {
		return this.register.violation(history).isEmpty();
	}

	private static Operation<String> op(String operation, long called, @Nullable Long answered) {
		return new Operation<>(operation, called, answered);
	}

	@Test
	void readsDuringAWriteSeeEitherValueButNotBackwards() {
		assertThat(accepts(List.of(op("w1", 1, 10L), op("r0", 2, 3L), op("r1", 4, 5L)))).isTrue();
		assertThat(accepts(List.of(op("w1", 1, 10L), op("r1", 2, 3L), op("r0", 4, 5L)))).isFalse();
	}

	@Test
	void aReadAfterAWriteSeesIt() {
		assertThat(accepts(List.of(op("w1", 1, 2L), op("r1", 3, 4L)))).isTrue();
		assertThat(this.register.violation(List.of(op("w1", 1, 2L), op("r0", 3, 4L))))
			.hasValueSatisfying((violation) -> assertThat(violation).contains("the state 1", "Operation[operation=r0"));
	}

	@Test
	void whatHasNoAnswerMayTakeEffectLaterOrNever() {
		assertThat(accepts(List.of(op("w1", 1, null), op("r0", 2, 3L), op("r1", 4, 5L)))).isTrue();
		assertThat(accepts(List.of(op("w1", 1, null), op("r0", 2, 3L)))).isTrue();
		assertThat(accepts(List.of(op("w1", 5, null), op("r1", 2, 3L)))).as("not before its call").isFalse();
	}

	@Test
	void concurrentWritesHaveOneOrderForAllReaders() {
		assertThat(accepts(List.of(op("w1", 1, 10L), op("w2", 1, 10L), op("r1", 11, 12L), op("r2", 13, 14L))))
			.isFalse();
		assertThat(accepts(List.of(op("w1", 1, 10L), op("w2", 1, 20L), op("r1", 11, 12L), op("r2", 13, 14L)))).isTrue();
	}

	@Test
	void aPlantedStaleReadIsFoundInALongHistory() {
		for (int seed = 0; seed < 50; seed++) {
			List<Operation<String>> history = atomic(new Random(seed));
			assertThat(accepts(history)).as("seed %d", seed).isTrue();

			history.add(op("w-last", 1_000, 1_001L));
			history.add(op("r" + seed, 1_002, 1_003L));

			assertThat(accepts(history)).as("seed %d", seed).isFalse();
		}
	}

	/** Each takes effect at a moment of its own, within a longer time. */
	private static List<Operation<String>> atomic(Random random) {
		List<Operation<String>> history = new ArrayList<>();
		String value = "0";
		for (int moment = 10; moment < 400; moment += 10) {
			boolean isWrite = random.nextBoolean();
			value = isWrite ? String.valueOf(moment) : value;
			history.add(
					op((isWrite ? "w" : "r") + value, moment - random.nextInt(25), (long) moment + random.nextInt(25)));
		}
		return history;
	}

}

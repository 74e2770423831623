package io.kraft.engine;

import java.util.concurrent.TimeUnit;

import io.kraft.engine.store.memory.MemoryMedium;
import io.kraft.engine.supervision.WorkInFlight;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class LeftThreadTests {

	private boolean fails = true;

	@Test
	void aStartThatFailsBeforeAnyStoreIsOpenedLeavesNoSchedulerBehind() {
		long before = schedulers();
		try (KraftEngine engine = KraftEngine.builder()
			.store(new MemoryMedium()::open)
			.workInFlight(this::work)
			.build()) {
			assertThatIllegalStateException().isThrownBy(engine::start).withMessage("no work is counted");
			await().untilAsserted(() -> assertThat(schedulers()).isEqualTo(before));

			this.fails = false;
			engine.start();
			assertThat(schedulers()).isEqualTo(before + 1);
		}
	}

	private WorkInFlight work() {
		if (this.fails) {
			throw new IllegalStateException("no work is counted");
		}
		return WorkInFlight.UNCOUNTED;
	}

	private static long schedulers() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().equals("kraft-scheduler"))
			.count();
	}

}

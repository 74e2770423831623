package io.kraft.spring.boot.autoconfigure.actuate;

import java.time.Duration;
import java.util.Optional;

import io.kraft.engine.EngineHealth;
import io.kraft.engine.EngineHealth.State;
import io.kraft.engine.store.StorageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

class KraftHealthIndicatorTests {

	@Test
	void anEngineThatTakesWorkIsUpWithItsNumbers() {
		Health health = healthOf(new EngineHealth(State.RUNNING, Optional.empty(), 7, 3, 2, 1, Duration.ofMillis(4)));

		assertThat(health.getStatus()).isEqualTo(Status.UP);
		assertThat(health.getDetails()).containsExactly(entry("state", State.RUNNING), entry("epoch", 7L),
				entry("executing", 3), entry("waiting", 2), entry("queuedCommits", 1));
	}

	@ParameterizedTest
	@EnumSource(value = State.class, mode = EnumSource.Mode.EXCLUDE, names = "RUNNING")
	void anEngineThatTakesNoWorkIsDown(State state) {
		assertThat(healthOf(new EngineHealth(state, Optional.empty(), 7, 0, 0, 0, Duration.ZERO)).getStatus())
			.isEqualTo(Status.DOWN);
	}

	@Test
	void anEngineWhoseStoreFailedIsDownWithTheCause() {
		Throwable cause = new StorageException(StorageException.WRITE_FAILED, "no space left on device", null);

		Health health = healthOf(new EngineHealth(State.FAILED, Optional.of(cause), 7, 0, 0, 0, Duration.ZERO));

		assertThat(health.getStatus()).isEqualTo(Status.DOWN);
		assertThat(health.getDetails().get("error").toString()).contains("KRAFT-4001", "no space left on device");
	}

	private static Health healthOf(EngineHealth engine) {
		return new KraftHealthIndicator(() -> engine, null).health();
	}

}

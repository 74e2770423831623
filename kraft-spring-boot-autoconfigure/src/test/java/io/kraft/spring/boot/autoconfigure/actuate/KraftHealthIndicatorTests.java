package io.kraft.spring.boot.autoconfigure.actuate;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.kraft.engine.EngineHealth;
import io.kraft.engine.EngineHealth.State;
import io.kraft.engine.store.StorageException;
import io.kraft.workflow.KraftException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

class KraftHealthIndicatorTests {

	@Test
	void anEngineThatTakesWorkIsUpWithItsNumbers() {
		Health health = healthOf(new EngineHealth(State.RUNNING, Optional.empty(), 7, 3, 2, 1, Duration.ofMillis(4)));

		assertThat(health.getStatus()).isEqualTo(Status.UP);
		assertThat(health.getDetails()).containsExactly(entry("state", State.RUNNING), entry("epoch", 7L),
				entry("executing", 3), entry("waiting", 2), entry("queuedCommits", 1),
				entry("commitLag", Duration.ofMillis(4)));
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

	@Test
	void whatEndedTheEngineIsADetail() {
		Throwable cause = new StorageException(StorageException.WRITE_FAILED, "failed", new OutOfMemoryError("heap"));

		Health health = healthOf(new EngineHealth(State.FAILED, Optional.of(cause), 7, 0, 0, 0, Duration.ZERO));

		assertThat(health.getDetails()).containsEntry("cause", "java.lang.OutOfMemoryError");
	}

	@Test
	void anEngineOfWhichAPartitionHasFailedTakesWorkAndNamesIt() {
		EngineHealth running = new EngineHealth(State.RUNNING, Optional.empty(), 7, 0, 0, 0, Duration.ZERO);
		KraftException cause = new StorageException(StorageException.WRITE_FAILED, "disk", null);

		Health health = new KraftHealthIndicator(() -> running, () -> Map.of(2, cause), null).health();

		assertThat(health.getStatus()).isEqualTo(Status.UP);
		assertThat(health.getDetails()).containsEntry("failedPartitions", List.of(2));
	}

	@Test
	void aDiskWithRoomIsUpWithItsNumbers(@TempDir Path directory) {
		Health health = healthOf(new FreeSpace(directory, DataSize.ofBytes(1)));

		assertThat(health.getStatus()).isEqualTo(Status.UP);
		assertThat(health.getDetails()).containsEntry("minFreeSpace", 1L);
		assertThat((long) health.getDetails().get("freeSpace")).isPositive();
	}

	@Test
	void aDiskThatIsAlmostFullIsDownAlthoughTheEngineTakesWork(@TempDir Path directory) {
		Health health = healthOf(new FreeSpace(directory, DataSize.ofBytes(Long.MAX_VALUE)));

		assertThat(health.getStatus()).isEqualTo(Status.DOWN);
		assertThat(health.getDetails()).containsEntry("state", State.RUNNING)
			.containsEntry("minFreeSpace", Long.MAX_VALUE)
			.containsKey("freeSpace");
	}

	@Test
	void aStoreThatIsElsewhereHasNoFreeSpace(@TempDir Path directory) {
		Health health = healthOf(new FreeSpace(directory.resolve("absent"), DataSize.ofBytes(Long.MAX_VALUE)));

		assertThat(health.getStatus()).isEqualTo(Status.UP);
		assertThat(health.getDetails()).doesNotContainKeys("freeSpace", "minFreeSpace");
	}

	private static Health healthOf(FreeSpace space) {
		EngineHealth running = new EngineHealth(State.RUNNING, Optional.empty(), 7, 0, 0, 0, Duration.ZERO);
		return new KraftHealthIndicator(() -> running, Map::of, space).health();
	}

	private static Health healthOf(EngineHealth engine) {
		return new KraftHealthIndicator(() -> engine, Map::of, null).health();
	}

}

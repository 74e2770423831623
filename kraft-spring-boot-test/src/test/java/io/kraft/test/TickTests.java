package io.kraft.test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import io.kraft.engine.definition.MethodSignature;
import io.kraft.engine.definition.ScheduleDefinition;
import io.kraft.engine.definition.WorkflowDefinition;
import io.kraft.workflow.CatchUp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Schedules under the clock of a test.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class TickTests {

	private final List<String> ticks = new CopyOnWriteArrayList<>();

	@RegisterExtension
	final KraftEngineExtension kraft = new KraftEngineExtension()
		.schedule(ScheduleDefinition.every("tick", Duration.ofHours(8)).withCatchUp(CatchUp.ALL))
		.workflow(WorkflowDefinition.of("tick", MethodSignature.of(void.class, Instant.class), this::tick));

	@RegisterExtension
	final KraftEngineExtension withoutCatchUp = new KraftEngineExtension()
		.schedule(ScheduleDefinition.every("tick", Duration.ofHours(8)))
		.workflow(WorkflowDefinition.of("tick", MethodSignature.of(void.class, Instant.class), (arguments) -> null));

	@Test
	void schedulesTickInTheirTime() {
		this.kraft.environment().advance(Duration.ofDays(1));

		assertThat(this.ticks).containsExactly("2026-01-01T08:00:00Z at 2026-01-01T08:00:00Z",
				"2026-01-01T16:00:00Z at 2026-01-01T16:00:00Z", "2026-01-02T00:00:00Z at 2026-01-02T00:00:00Z");
	}

	@Test
	void ticksThatAreCaughtUpSurviveACrashAtEveryCommit() throws Exception {
		this.kraft.environment().crashAtEveryCommit(() -> this.kraft.environment().advance(Duration.ofDays(1)));
	}

	@Test
	void aTickThatIsNotCaughtUpIsLostInACrash() {
		WorkflowTestEnvironment environment = this.withoutCatchUp.environment();

		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> environment.crashAtEveryCommit(() -> environment.advance(Duration.ofDays(1))))
			.withMessageContaining("schedule 'tick' has fired")
			.withMessageContaining("run 'tick@2026-01-01T08:00:00Z' is not there");
	}

	private Object tick(Object[] arguments) {
		this.ticks.add(arguments[0] + " at " + this.kraft.environment().now());
		return "done";
	}

}

package io.kraft.engine;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.kraft.client.StartOptions;
import io.kraft.engine.definition.MethodSignature;
import io.kraft.engine.definition.WorkflowDefinition;
import io.kraft.engine.store.StatusCounts;
import io.kraft.engine.store.Store;
import io.kraft.engine.store.Timer;
import io.kraft.engine.testing.ForwardingStore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * A start that fails leaves nothing open behind.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
public abstract class FailedStartContract {

	private String failing = "";

	/**
	 * Opens the store, which nobody else has open.
	 */
	protected abstract Store open();

	@ParameterizedTest
	@ValueSource(strings = { "epoch", "highest run", "counts", "paused queues", "timers" })
	protected void theNextStartInTheSameProcessFindsTheStoreFree(String place) {
		try (KraftEngine engine = KraftEngine.builder()
			.store(() -> new FailingStore(open()))
			.workflows(List.of(WorkflowDefinition.of("order", MethodSignature.of(String.class), (arguments) -> "done")))
			.build()) {
			this.failing = place;
			assertThatThrownBy(engine::start).hasMessageContaining("at " + place);
			assertThat(engine.health().state()).isEqualTo(EngineHealth.State.STOPPED);

			this.failing = "";
			engine.start();

			assertThat(engine.client().start("order", StartOptions.defaults().id("o1")).result()).isEqualTo("done");
		}
	}

	private final class FailingStore extends ForwardingStore {

		FailingStore(Store store) {
			super(store);
		}

		private void failAt(String place) {
			if (FailedStartContract.this.failing.equals(place)) {
				throw new OutOfMemoryError("at " + place);
			}
		}

		@Override
		public long epoch() {
			failAt("epoch");
			return super.epoch();
		}

		@Override
		public long highestRun() {
			failAt("highest run");
			return super.highestRun();
		}

		@Override
		public Map<String, StatusCounts> counts() {
			failAt("counts");
			return super.counts();
		}

		@Override
		public List<String> pausedQueues() {
			failAt("paused queues");
			return super.pausedQueues();
		}

		@Override
		public List<Timer> timers(@Nullable Timer after, int limit) {
			failAt("timers");
			return super.timers(after, limit);
		}

	}

}

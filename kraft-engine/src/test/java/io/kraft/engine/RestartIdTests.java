package io.kraft.engine;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.kraft.client.StartOptions;
import io.kraft.client.WorkflowHandle;
import io.kraft.client.WorkflowStatus;
import io.kraft.engine.store.RunRow;
import io.kraft.engine.store.Store;
import io.kraft.engine.testing.ForwardingStore;
import io.kraft.engine.testing.TestEngine;
import io.kraft.workflow.WorkflowContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Whoever may choose ids can take those of restarts, but not let each of them be looked
 * at.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class RestartIdTests {

	private static final int TAKEN = 1_000;

	private final AtomicInteger looks = new AtomicInteger();

	private final TestEngine engine = new TestEngine().withStore(LookedAtStore::new);

	@AfterEach
	void close() {
		this.engine.close();
	}

	@Test
	void aRestartFindsAFreeIdBehindManyThatAreTaken() {
		WorkflowContext workflow = WorkflowContext.ofCallingRun();
		this.engine.workflow("order", String.class, (argument) -> workflow.awaitSignal("go", String.class)).start();
		WorkflowHandle<?> run = this.engine.run("order", "o", "x");
		await().until(() -> run.status() == WorkflowStatus.SUSPENDED);
		assertThat(this.engine.client().restart("o").id()).isEqualTo("o~2");
		for (int number = 3; number <= TAKEN; number++) {
			this.engine.client().start("order", StartOptions.defaults().id("o~" + number), "x");
		}
		this.looks.set(0);

		WorkflowHandle<?> again = this.engine.client().restart("o");

		assertThat(again.id()).matches("o~10\\d\\d");
		assertThat(this.looks.get()).isLessThan(TAKEN);
	}

	/**
	 * Counts how often a run is looked for by its id.
	 */
	private final class LookedAtStore extends ForwardingStore {

		LookedAtStore(Store store) {
			super(store);
		}

		@Override
		public Optional<RunRow> run(String id) {
			RestartIdTests.this.looks.incrementAndGet();
			return super.run(id);
		}

	}

}

package io.kraft.engine;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.kraft.client.WorkflowHandle;
import io.kraft.client.WorkflowStatus;
import io.kraft.engine.definition.MethodSignature;
import io.kraft.engine.definition.RetryPolicy;
import io.kraft.engine.definition.StepDefinition;
import io.kraft.engine.testing.TestEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs that are paused at moments of their own execution.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class PauseTests {

	private final TestEngine engine = new TestEngine();

	private final AtomicInteger entered = new AtomicInteger();

	private final CountDownLatch reached = new CountDownLatch(1);

	private final CountDownLatch gate = new CountDownLatch(1);

	@AfterEach
	void close() {
		this.gate.countDown();
		this.engine.close();
	}

	@Test
	void aRunThatIsPausedWhileItCallsAStepDoesNotEnterIt() throws InterruptedException {
		StepDefinition step = StepDefinition.of("charge", MethodSignature.of(String.class, SlowArgument.class),
				RetryPolicy.defaults());
		this.engine
			.workflow("order", String.class, (argument) -> this.engine.step(step,
					() -> "entered " + this.entered.incrementAndGet(), new SlowArgument(this.reached, this.gate)))
			.start();
		WorkflowHandle<?> run = this.engine.run("order", "o", "x");
		this.reached.await();

		this.engine.client().pause("o");
		this.gate.countDown();
		this.engine.awaitQuiet();

		assertThat(run.status()).isEqualTo(WorkflowStatus.PAUSED);
		assertThat(this.entered).hasValue(0);
		this.engine.client().resume("o");
		assertThat(run.result()).isEqualTo("entered 1");
	}

	@Test
	void aRunThatIsPausedAndResumedWhileItIsInAStepGoesOnBehindIt() throws InterruptedException {
		this.engine.workflow("order", String.class, (argument) -> {
			String first = this.engine.step("first", String.class, () -> {
				this.reached.countDown();
				this.gate.await();
				return "first";
			});
			return first + this.engine.step("second", String.class, () -> ", second");
		}).start();
		WorkflowHandle<?> run = this.engine.run("order", "o", "x");
		this.reached.await();

		this.engine.client().pause("o");
		this.engine.client().resume("o");
		this.gate.countDown();
		this.engine.awaitQuiet();

		assertThat(run.status()).isEqualTo(WorkflowStatus.COMPLETED);
		assertThat(run.result()).isEqualTo("first, second");
	}

	/**
	 * An argument that takes its time to be encoded.
	 */
	public static final class SlowArgument {

		private final CountDownLatch reached;

		private final CountDownLatch gate;

		/** One that was decoded. */
		SlowArgument() {
			this(new CountDownLatch(0), new CountDownLatch(0));
		}

		SlowArgument(CountDownLatch reached, CountDownLatch gate) {
			this.reached = reached;
			this.gate = gate;
		}

		/**
		 * Its only property.
		 */
		public String getText() throws InterruptedException {
			this.reached.countDown();
			this.gate.await();
			return "text";
		}

		/**
		 * Sets its only property, which is always the same.
		 */
		public void setText(String text) {
			assertThat(text).isEqualTo("text");
		}

	}

}

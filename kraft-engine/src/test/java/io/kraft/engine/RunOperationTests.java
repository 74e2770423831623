package io.kraft.engine;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.kraft.client.RunOperation;
import io.kraft.client.RunOperation.Effect;
import io.kraft.client.StartOptions;
import io.kraft.client.WorkflowClient;
import io.kraft.client.WorkflowDescription;
import io.kraft.client.WorkflowStatus;
import io.kraft.engine.definition.MethodSignature;
import io.kraft.engine.definition.RetryPolicy;
import io.kraft.engine.definition.StepDefinition;
import io.kraft.engine.testing.TestEngine;
import io.kraft.workflow.KraftException;
import io.kraft.workflow.WorkflowContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The engine decides as {@link RunOperation} defines: each operation on a run in each
 * status.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class RunOperationTests {

	private final WorkflowContext workflow = WorkflowContext.ofCallingRun();

	private final CountDownLatch held = new CountDownLatch(1);

	private TestEngine engine = new TestEngine();

	@AfterEach
	void close() {
		this.held.countDown();
		this.engine.close();
	}

	@ParameterizedTest
	@EnumSource
	void whatIsAllowedIsDoneAndWhatIsNotHasNoEffectOrIsRefusedWithItsException(WorkflowStatus status) {
		for (RunOperation operation : RunOperation.values()) {
			this.engine = new TestEngine();
			define();
			String id = in(status);
			WorkflowDescription before = this.engine.client().find(id).orElseThrow();
			long message = status.isTerminal() ? 0 : this.engine.client().messages(id).getLast().number();

			KraftException refused = apply(operation, id, message);

			String what = operation + " of a run that is " + status;
			if (operation.effectIn(status) == Effect.REFUSED) {
				assertThat(refused).as(what).isNotNull();
				KraftException expected = operation.refusal(id, status, before.reason());
				assertThat(refused).as(what).hasSameClassAs(expected).hasMessage(expected.getMessage());
				assertThat(refused.fields()).as(what).isEqualTo(expected.fields());
			}
			else {
				assertThat(refused).as(what).isNull();
			}
			if (!operation.isAllowedIn(status)) {
				assertThat(this.engine.client().find(id)).as(what).hasValue(before);
			}
			if (status != WorkflowStatus.RUNNING) {
				this.engine.close();
			}
		}
	}

	private @Nullable KraftException apply(RunOperation operation, String id, long message) {
		WorkflowClient client = this.engine.client();
		try {
			switch (operation) {
				case SIGNAL -> client.signal(id, "other", "x");
				case CANCEL -> client.cancel(id);
				case FAIL -> client.failRun(id, "no longer wanted");
				case TERMINATE -> client.terminate(id);
				case PAUSE -> client.pause(id);
				case RESUME -> client.resume(id);
				case RETRY -> client.retry(id);
				case RESTART -> client.restart(id);
				case DISCARD_MESSAGE -> client.discardMessage(id, message);
				case REPLACE_MESSAGE -> client.replaceMessage(id, message, "y");
				case DELETE -> client.delete(id);
			}
			return null;
		}
		catch (KraftException ex) {
			return ex;
		}
	}

	private void define() {
		this.engine.workflow("waiting", String.class, (argument) -> this.workflow.awaitSignal("go", String.class))
			.workflow("quick", String.class, (argument) -> argument)
			.workflow("broken", String.class, (argument) -> {
				throw new IllegalStateException("broken");
			})
			.workflow("held", String.class, (argument) -> this.engine.step("hold", String.class, () -> {
				this.held.await();
				return argument;
			}))
			.namedStep(StepDefinition.of("fragile", MethodSignature.of(String.class, String.class), RetryPolicy.none()),
					(argument) -> {
						throw new IllegalStateException("broken");
					})
			.with((builder) -> builder.maxConcurrentWorkflows(1))
			.start();
	}

	/**
	 * Makes a run that is in the status, with a message in its inbox where it can have
	 * one.
	 */
	private String in(WorkflowStatus status) {
		String id = switch (status) {
			case SCHEDULED -> start("waiting", StartOptions.defaults().delay(Duration.ofHours(1)));
			case PENDING -> {
				this.engine.run("held", "first", "x");
				yield start("waiting", StartOptions.defaults());
			}
			case RUNNING -> start("held", StartOptions.defaults());
			case SUSPENDED, PAUSED, CANCELLED, TERMINATED -> start("waiting", StartOptions.defaults());
			case TIMED_OUT -> start("waiting", StartOptions.defaults().timeout(Duration.ofMinutes(1)));
			case COMPLETED -> start("quick", StartOptions.defaults());
			case FAILED -> start("broken", StartOptions.defaults());
			case DEAD -> this.engine.enqueue("mails", "fragile", "x").id();
		};
		if (status == WorkflowStatus.PAUSED || status == WorkflowStatus.CANCELLED || status == WorkflowStatus.TERMINATED
				|| status == WorkflowStatus.TIMED_OUT) {
			await().until(() -> status(id) == WorkflowStatus.SUSPENDED);
		}
		switch (status) {
			case PAUSED -> this.engine.client().pause(id);
			case CANCELLED -> this.engine.client().cancel(id);
			case TERMINATED -> this.engine.client().terminate(id);
			case TIMED_OUT -> this.engine.time().advance(Duration.ofMinutes(2));
			case SCHEDULED, PENDING, RUNNING, SUSPENDED, COMPLETED, FAILED, DEAD -> {
			}
		}
		await().until(() -> status(id) == status);
		if (!status.isTerminal()) {
			this.engine.client().signal(id, "other", "x");
		}
		return id;
	}

	private String start(String name, StartOptions options) {
		this.engine.client().start(name, options.id("run"), "x");
		return "run";
	}

	private WorkflowStatus status(String id) {
		return this.engine.client().find(id).orElseThrow().status();
	}

}

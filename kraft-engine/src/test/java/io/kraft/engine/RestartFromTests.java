package io.kraft.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import io.kraft.client.OperationView;
import io.kraft.client.StartOptions;
import io.kraft.client.WorkflowHandle;
import io.kraft.client.WorkflowStatus;
import io.kraft.engine.testing.TestEngine;
import io.kraft.workflow.Callback;
import io.kraft.workflow.InvalidCallException;
import io.kraft.workflow.WorkflowContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

/**
 * What a run that is restarted from a position keeps of one that was cancelled, with
 * waiting runs kept in memory and unloaded.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
@ParameterizedClass(name = "{0} waiting runs in memory")
@ValueSource(ints = { 0, 10_000 })
class RestartFromTests {

	private final TestEngine engine = new TestEngine();

	private final WorkflowContext workflow = WorkflowContext.ofCallingRun();

	private final List<String> seen = Collections.synchronizedList(new ArrayList<>());

	RestartFromTests(int parked) {
		this.engine.with((builder) -> builder.maxParkedWorkflows(parked));
	}

	@AfterEach
	void close() {
		this.engine.close();
	}

	@Test
	void theCompensationOfARunThatHasTimedOutIsNotKept() {
		compensated();
		WorkflowHandle<?> run = this.engine.client()
			.start("saga", StartOptions.defaults().id("s").timeout(Duration.ofHours(1)), "x");
		awaitSuspended(run);
		this.engine.time().advance(Duration.ofHours(1));
		assertThat(catchThrowable(run::result)).isNotNull();
		assertThat(run.status()).isEqualTo(WorkflowStatus.TIMED_OUT);

		restartBehindTheCompensation();
	}

	@Test
	void theCompensationOfARunThatWasCancelledIsNotKept() {
		compensated();
		WorkflowHandle<?> run = this.engine.run("saga", "s", "x");
		awaitSuspended(run);
		run.cancel();
		assertThat(catchThrowable(run::result)).isNotNull();

		restartBehindTheCompensation();
	}

	@Test
	void theCompensationOfARunThatWasMadeToFailIsNotKept() {
		compensated();
		WorkflowHandle<?> run = this.engine.run("saga", "s", "x");
		awaitSuspended(run);
		this.engine.client().failRun("s", "no use");
		assertThat(catchThrowable(run::result)).isNotNull();

		restartBehindTheCompensation();
	}

	private void compensated() {
		this.engine.workflow("saga", String.class, (argument) -> {
			step("booked");
			this.workflow.onFailure("cancel", () -> step("cancelled"));
			String signal = this.workflow.awaitSignal("go", String.class);
			return signal + step("paid");
		}).start();
	}

	private void restartBehindTheCompensation() {
		assertThat(this.seen).containsExactly("booked", "cancelled");

		WorkflowHandle<?> again = this.engine.client().restartFrom("s", lastPosition());
		awaitSuspended(again);
		this.engine.client().signal(again.id(), "go", "went, ");

		assertThat(this.engine.finish(again)).isEqualTo("went, paid");
		assertThat(this.seen).containsExactly("booked", "cancelled", "paid");
	}

	@Test
	void whatTheCodeDoesBecauseABranchOfItWasCancelledIsNotKept() {
		this.engine.workflow("parts", String.class, (argument) -> {
			try {
				return String.join(", ", this.workflow.parallel(
						List.of(() -> step("one"), () -> this.workflow.awaitSignal("go", String.class) + step("two"))));
			}
			finally {
				this.workflow.nonCancellable(() -> step("cleaned"));
			}
		}).start();
		WorkflowHandle<?> run = this.engine.run("parts", "s", "x");
		awaitSuspended(run);
		run.cancel();
		assertThat(catchThrowable(run::result)).isNotNull();
		assertThat(this.seen).containsExactly("one", "cleaned");

		WorkflowHandle<?> again = this.engine.client().restartFrom("s", lastPosition());
		awaitSuspended(again);
		this.engine.client().signal(again.id(), "go", "went, ");

		assertThat(this.engine.finish(again)).isEqualTo("one, went, two");
		assertThat(this.seen).containsExactly("one", "cleaned", "two", "cleaned");
	}

	@Test
	void aCallbackWhoseWaitWasCancelledIsOpenedAnew() {
		AtomicReference<String> token = new AtomicReference<>("");
		this.engine.workflow("approval", String.class, (argument) -> {
			this.workflow.onFailure("withdraw", () -> step("withdrawn"));
			Callback<String> callback = this.workflow.callback(String.class);
			token.set(callback.token());
			return callback.await();
		}).start();
		WorkflowHandle<?> run = this.engine.run("approval", "s", "x");
		awaitSuspended(run);
		run.cancel();
		assertThat(catchThrowable(run::result)).isNotNull();

		assertThatExceptionOfType(InvalidCallException.class)
			.isThrownBy(() -> this.engine.client().restartFrom("s", lastPosition()))
			.withMessageContaining("Restart it from position 2 ");
		WorkflowHandle<?> again = this.engine.client().restartFrom("s", "2");
		awaitSuspended(again);
		this.engine.client().complete(token.get(), "approved");

		assertThat(this.engine.finish(again)).isEqualTo("approved");
	}

	private String lastPosition() {
		return this.engine.client()
			.operations("s")
			.stream()
			.map(OperationView::position)
			.filter((position) -> !position.isEmpty())
			.toList()
			.getLast();
	}

	private String step(String name) {
		return this.engine.step(name, String.class, () -> {
			this.seen.add(name);
			return name;
		});
	}

	private void awaitSuspended(WorkflowHandle<?> run) {
		await().until(() -> run.status() == WorkflowStatus.SUSPENDED);
	}

}

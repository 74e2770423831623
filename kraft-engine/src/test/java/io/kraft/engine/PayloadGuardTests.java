package io.kraft.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.kraft.client.UnexpectedPayloadException;
import io.kraft.client.WorkflowHandle;
import io.kraft.client.WorkflowStatus;
import io.kraft.engine.testing.TestEngine;
import io.kraft.workflow.Callback;
import io.kraft.workflow.KraftException;
import io.kraft.workflow.WorkflowContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.awaitility.Awaitility.await;

/**
 * A message whose payload is of another type than the run in memory waits for is refused
 * to its sender, and does not pause the run.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class PayloadGuardTests {

	private final TestEngine engine = new TestEngine();

	private final WorkflowContext workflow = WorkflowContext.ofCallingRun();

	private final List<String> tokens = Collections.synchronizedList(new ArrayList<>());

	@AfterEach
	void close() {
		this.engine.close();
	}

	@Test
	void aSignalOfAnotherTypeIsRefusedAndTheRunWaitsOn() {
		WorkflowHandle<?> run = waiting(
				(argument) -> String.valueOf(this.workflow.awaitSignal("amount", Integer.class)));

		assertRefused(() -> run.signal("amount", "much"), "'w'", "signal 'amount'", "java.lang.Integer", "\"much\"");

		assertThat(run.status()).isEqualTo(WorkflowStatus.SUSPENDED);
		run.signal("amount", 7);
		assertThat(this.engine.finish(run)).isEqualTo("7");
	}

	@Test
	void aNullIsRefusedWhereAValueIsWaitedForAndTakenWhereNoneIs() {
		WorkflowHandle<?> run = waiting((argument) -> {
			String first = this.workflow.awaitSignal("go", String.class);
			this.workflow.awaitSignal("go");
			return first;
		});

		assertRefused(() -> run.signal("go", null), "null", "java.lang.String", "awaitSignal(name)");

		run.signal("go", "first");
		run.signal("go", null);
		assertThat(this.engine.finish(run)).isEqualTo("first");
	}

	@Test
	void aCompletionOfAnotherTypeIsRefusedAndTheCallbackStaysOpen() {
		WorkflowHandle<?> run = waiting((argument) -> {
			Callback<Integer> callback = this.workflow.callback(Integer.class);
			this.tokens.add(callback.token());
			return String.valueOf(callback.await());
		});
		String token = this.tokens.getFirst();

		assertRefused(() -> this.engine.client().complete(token, "much"), "callback", "java.lang.Integer");

		this.engine.client().complete(token, 7);
		this.engine.client().complete(token, "a second one has no effect");
		assertThat(this.engine.finish(run)).isEqualTo("7");
	}

	@Test
	void aNullIsToACallbackWhatItIsToASignal() {
		WorkflowHandle<?> run = waiting((argument) -> {
			Callback<String> text = this.workflow.callback(String.class);
			Callback<Integer> number = this.workflow.callback(int.class);
			Callback<@Nullable Void> done = this.workflow.callback(Void.class);
			this.tokens.addAll(List.of(text.token(), number.token(), done.token()));
			done.await();
			return text.await() + number.await();
		});

		assertRefused(() -> this.engine.client().complete(this.tokens.get(0), null), "null", "java.lang.String");
		assertThatExceptionOfType(UnexpectedPayloadException.class)
			.isThrownBy(() -> this.engine.client().complete(this.tokens.get(1), null))
			.withMessageContainingAll("callback", "int");

		this.engine.client().complete(this.tokens.get(0), "n");
		this.engine.client().complete(this.tokens.get(1), 7);
		this.engine.client().complete(this.tokens.get(2), null);
		assertThat(this.engine.finish(run)).isEqualTo("n7");
	}

	@Test
	void aNullThatComesWhileTheTypeIsNotKnownPausesTheRunAndCanBeReplaced() {
		this.engine.with((builder) -> builder.maxParkedWorkflows(0));
		WorkflowHandle<?> run = waiting((argument) -> {
			Callback<String> callback = this.workflow.callback(String.class);
			this.tokens.add(callback.token());
			return callback.await();
		});

		this.engine.client().complete(this.tokens.getFirst(), null);
		await().until(() -> run.status() == WorkflowStatus.PAUSED);
		assertThat(run.describe().reason()).startsWith("KRAFT-1004")
			.contains("is null, but a java.lang.String is waited for");
		this.engine.client().replaceMessage("w", this.engine.client().messages("w").getFirst().number(), "paid");
		this.engine.client().resume("w");

		assertThat(this.engine.finish(run)).isEqualTo("paid");
	}

	@Test
	void aCallbackThatNobodyWaitsForYetIsOfItsTypeAllTheSame() {
		WorkflowHandle<?> run = waiting((argument) -> {
			Callback<Integer> callback = this.workflow.callback(Integer.class);
			this.tokens.add(callback.token());
			this.workflow.sleep(Duration.ofHours(1));
			return String.valueOf(callback.await());
		});

		assertRefused(() -> this.engine.client().complete(this.tokens.getFirst(), "much"), "java.lang.Integer");

		this.engine.client().complete(this.tokens.getFirst(), 7);
		assertThat(this.engine.finish(run)).isEqualTo("7");
	}

	@Test
	void theIdOfARefusedMessageIsNotRemembered() {
		WorkflowHandle<?> run = waiting(
				(argument) -> String.valueOf(this.workflow.awaitSignal("amount", Integer.class)));

		assertRefused(() -> this.engine.client().signal("w", "amount", "much", "m-1"), "java.lang.Integer");

		this.engine.client().signal("w", "amount", 7, "m-1");
		assertThat(this.engine.finish(run)).isEqualTo("7");
	}

	@Test
	void aSignalIsRefusedIfNoneOfTheWaitingBranchesCanReadIt() {
		WorkflowHandle<?> run = waiting((argument) -> {
			var number = this.workflow.async(() -> this.workflow.awaitSignal("n", Integer.class));
			var flag = this.workflow.async(() -> this.workflow.awaitSignal("n", Boolean.class));
			return number.await() + " " + flag.await();
		});

		assertRefused(() -> run.signal("n", "much"), "java.lang.Integer", "java.lang.Boolean");

		assertThatNoException().isThrownBy(() -> run.signal("n", true));
	}

	@Test
	void aSignalForALaterWaitOfAnotherTypeIsTakenBehindTheFirst() {
		WorkflowHandle<?> run = waiting((argument) -> {
			Integer first = this.workflow.awaitSignal("next", Integer.class);
			return first + this.workflow.awaitSignal("next", String.class);
		});

		for (Object payload : List.of(1, "st")) {
			run.signal("next", payload);
		}

		assertThat(this.engine.finish(run)).isEqualTo("1st");
	}

	@Test
	void aRunThatSendsSuchASignalIsToldSoAndIsToldTheSameOnReplay() {
		this.engine.workflow("sender", String.class, (target) -> {
			String seen = "sent";
			try {
				this.workflow.signal(target, "amount", "much");
			}
			catch (KraftException ex) {
				seen = ex.code();
			}
			this.workflow.sleep(Duration.ofHours(1));
			return seen;
		});
		waiting((argument) -> String.valueOf(this.workflow.awaitSignal("amount", Integer.class)));
		WorkflowHandle<?> sender = this.engine.run("sender", "s", "w");
		await().until(() -> sender.status() == WorkflowStatus.SUSPENDED);

		this.engine.crashAndStart();

		assertThat(this.engine.finish(this.engine.client().handle("s"))).isEqualTo("KRAFT-3013");
		assertThat(this.engine.client().handle("w").status()).isEqualTo(WorkflowStatus.SUSPENDED);
	}

	@Test
	void whatAWaitWithoutATypeIsForIsNotRead() {
		WorkflowHandle<?> run = waiting((argument) -> {
			this.workflow.awaitSignal("go");
			return "gone";
		});

		run.signal("go", List.of(1, 2));

		assertThat(this.engine.finish(run)).isEqualTo("gone");
	}

	private WorkflowHandle<?> waiting(TestEngine.WorkflowCode code) {
		this.engine.workflow("waiter", String.class, code).start();
		WorkflowHandle<?> run = this.engine.run("waiter", "w", "x");
		await().until(() -> run.status() == WorkflowStatus.SUSPENDED);
		return run;
	}

	private static void assertRefused(Runnable sending, String... parts) {
		assertThatExceptionOfType(UnexpectedPayloadException.class).isThrownBy(sending::run)
			.withMessageStartingWith("KRAFT-3013")
			.satisfies((refused) -> assertThat(refused).hasMessageContainingAll(parts))
			.satisfies((refused) -> assertThat(refused.getMessage()).doesNotContainIgnoringCase("kraft-1004"))
			.satisfies((refused) -> assertThat(refused.runId()).isEqualTo("w"))
			.satisfies((refused) -> assertThat(refused.expected()).startsWith("java.lang."));
	}

}

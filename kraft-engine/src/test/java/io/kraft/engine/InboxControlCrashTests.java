package io.kraft.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import io.kraft.client.MessageNotFoundException;
import io.kraft.client.MessageView;
import io.kraft.client.UnexpectedPayloadException;
import io.kraft.client.WorkflowClient;
import io.kraft.client.WorkflowEndedException;
import io.kraft.client.WorkflowHandle;
import io.kraft.client.WorkflowStatus;
import io.kraft.engine.reliability.Proves;
import io.kraft.engine.testing.CrashPoint;
import io.kraft.engine.testing.CrashPoint.Crash;
import io.kraft.engine.testing.TestEngine;
import io.kraft.workflow.Callback;
import io.kraft.workflow.KraftException;
import io.kraft.workflow.WorkflowContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A run that unreadable messages pause, which an operator replaces or discards, is
 * crashed at each commit, once just before the commit is applied and once just after.
 */
@Proves(fault = "The process dies at each commit while an operator discards and replaces messages",
		promise = "The message is as it was, or as the operator has left it; the run continues with what is there")
class InboxControlCrashTests {

	private static final String UNREADABLE = "\"much\"";

	@TestFactory
	Stream<DynamicTest> messagesAreDiscardedAndReplacedWhereverTheRunIsCrashed() {
		Life undisturbed = new Life(CrashPoint.NONE, 10_000).live();
		assertThat(undisturbed.result).isEqualTo("7, 8, 9");
		assertThat(undisturbed.pauses).isEqualTo(4);
		return CrashPoint.parked()
			.flatMap((parked) -> CrashPoint.tests(undisturbed.crash.commits() + 2, parked,
					(point) -> assertThat(new Life(point, parked).live().result).isEqualTo(undisturbed.result)));
	}

	/**
	 * One life of the run, with at most one crash in it.
	 */
	static final class Life {

		private final TestEngine engine = new TestEngine();

		private final WorkflowContext workflow = WorkflowContext.ofCallingRun();

		private final List<String> tokens = Collections.synchronizedList(new ArrayList<>());

		private final Crash crash;

		private boolean sent;

		private int pauses;

		private @Nullable Object result;

		Life(CrashPoint point, int parked) {
			this.crash = point.in(this.engine);
			this.engine.with((builder) -> builder.maxParkedWorkflows(parked));
		}

		Life live() {
			this.engine.workflow("order", String.class, (argument) -> {
				Callback<Integer> callback = this.workflow.callback(Integer.class);
				this.tokens.add(callback.token());
				this.workflow.sleep(Duration.ofHours(1));
				return this.workflow.awaitSignal("first", Integer.class) + ", "
						+ this.workflow.awaitSignal("second", Integer.class) + ", " + callback.await();
			});
			try (TestEngine running = this.engine.start()) {
				try {
					operate(running);
				}
				catch (KraftException ex) {
					this.crash.check(ex);
					running.crashAndStart();
					operate(running);
				}
				return this;
			}
		}

		private void operate(TestEngine running) {
			WorkflowHandle<?> run = running.run("order", "w", "x");
			CompletableFuture<?> end = run.resultAsync();
			if (!this.sent) {
				send(running.client(), run, end);
			}
			while (!end.isDone()) {
				if (run.status() == WorkflowStatus.PAUSED) {
					this.pauses++;
					clear(running.client());
					running.client().resume("w");
				}
				sendAgain(running.client());
				running.moveToNextDue();
				Thread.onSpinWait();
			}
			check(end);
			this.result = end.join();
		}

		private static void check(CompletableFuture<?> end) {
			if (end.isCompletedExceptionally() && end.exceptionNow() instanceof KraftException failure) {
				throw failure;
			}
		}

		/** While the run is not in memory, of whose waits nothing is known then. */
		private void send(WorkflowClient client, WorkflowHandle<?> run, CompletableFuture<?> end) {
			boolean isAsked = false;
			while (run.status() != WorkflowStatus.PAUSED) {
				if (!isAsked && !this.tokens.isEmpty()) {
					client.pause("w");
					isAsked = true;
				}
				check(end);
				Thread.onSpinWait();
			}
			client.signal("w", "first", "much", "m-1");
			client.signal("w", "second", "much", "m-2");
			while (!isTaken(client)) {
				check(end);
				Thread.onSpinWait();
			}
			this.sent = true;
		}

		/** Until it has left memory, the type of its callback is known. */
		private boolean isTaken(WorkflowClient client) {
			try {
				client.complete(this.tokens.getFirst(), "much");
				return true;
			}
			catch (UnexpectedPayloadException ex) {
				return false;
			}
		}

		private static void clear(WorkflowClient client) {
			String reason = String.valueOf(client.handle("w").describe().reason());
			for (MessageView message : client.messages("w")) {
				if (isUnreadable(message) && reason.contains("message " + message.number() + " ")) {
					clear(client, message);
				}
			}
		}

		private static void clear(WorkflowClient client, MessageView message) {
			try {
				if (message.name().equals("first")) {
					client.replaceMessage("w", message.number(), 7);
				}
				else {
					client.discardMessage("w", message.number());
				}
			}
			catch (MessageNotFoundException ex) {
				// The run is tried again by a start, and reads it at this moment.
			}
		}

		/** What was discarded; repeated, it has no effect. */
		private void sendAgain(WorkflowClient client) {
			List<MessageView> messages = client.messages("w");
			try {
				if (messages.stream()
					.noneMatch((message) -> isUnreadable(message) && message.name().equals("second"))) {
					client.signal("w", "second", 8, "m-3");
				}
				if (messages.stream()
					.noneMatch((message) -> isUnreadable(message) && message.kind().equals("callback"))) {
					client.complete(Objects.requireNonNull(this.tokens.getFirst()), 9);
				}
			}
			catch (WorkflowEndedException ex) {
				// It needs nothing more.
			}
		}

		private static boolean isUnreadable(MessageView message) {
			return UNREADABLE.equals(message.payload());
		}

	}

}

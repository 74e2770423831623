package io.kraft.engine.kill;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import io.kraft.workflow.Callback;
import io.kraft.workflow.DurableFuture;
import io.kraft.workflow.StepFailedException;
import io.kraft.workflow.WorkflowContext;

/**
 * Signals from the client and from other runs, callbacks and published values. One signal
 * more than was sent is waited for: it must not come.
 */
final class MessageScenarios {

	static final int SIGNALS = 3;

	private final WorkflowContext workflow = WorkflowContext.ofCallingRun();

	private final Steps steps;

	private final Scenario receiver;

	MessageScenarios(Steps steps) {
		this.steps = steps;
		this.receiver = Scenario.of("receiver", this::receive, "1@1 [1, 2, 3] 2@1 false");
	}

	List<Scenario> all() {
		return List.of(
				Scenario.of("messages", this::exchange,
						(id, end) -> end
							.equals("1@1 [1, 2, 3] 2@1 " + (isRefused(id) ? "refused" : "called") + " 3@1 false")),
				Scenario.of("pair", this::send, "1@1 2@1 3@1 / 1@1 [1, 2, 3] 2@1 false / 4@1").withChildren(1),
				this.receiver);
	}

	/**
	 * Whether the client fails the run's callback.
	 */
	static boolean isRefused(String id) {
		return Scenario.kind(id, 4) == 0;
	}

	private String exchange() throws Exception {
		Callback<String> callback = this.workflow.callback(String.class);
		this.workflow.publish("token", callback.token());
		String first = this.steps.step(1);
		List<Integer> signals = signals();
		Collections.sort(signals);
		String second = this.steps.step("", 2, signals.toString().replace(' ', '_'));
		String called = called(callback);
		String third = this.steps.step("", 3, called);
		this.workflow.publish("last", called);
		return String.join(" ", first, signals.toString(), second, called, third, Boolean.toString(hasMore()));
	}

	private static String called(Callback<String> callback) {
		try {
			return callback.await();
		}
		catch (StepFailedException ex) {
			return "refused";
		}
	}

	private String send() throws Exception {
		DurableFuture<String> child = this.workflow.startChild(() -> this.steps.child(this.receiver.workflow()));
		List<String> done = new ArrayList<>();
		for (int number = 1; number <= SIGNALS; number++) {
			this.workflow.signal(this.workflow.workflowId() + ".1", "go", number);
			done.add(this.steps.step(number));
		}
		return String.join(" ", done) + " / " + child.await() + " / " + this.steps.step(4);
	}

	private String receive() throws Exception {
		String first = this.steps.step(1);
		List<Integer> signals = signals();
		String second = this.steps.step("", 2, signals.toString().replace(' ', '_'));
		return String.join(" ", first, signals.toString(), second, Boolean.toString(hasMore()));
	}

	private List<Integer> signals() {
		List<Integer> signals = new ArrayList<>();
		for (int number = 1; number <= SIGNALS; number++) {
			signals.add(this.workflow.awaitSignal("go", Integer.class));
		}
		return signals;
	}

	private boolean hasMore() {
		return this.workflow.awaitSignal("go", Integer.class, Duration.ofMillis(10)).isPresent();
	}

}

package io.kraft.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

import io.kraft.client.WorkflowHandle;
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
 * Two runs that talk to each other and to the outside are crashed at each of their
 * commits, once just before the commit is applied and once just after.
 */
@Proves(fault = "The process dies at each commit of signals and callbacks",
		promise = "The next start continues as if nothing had happened")
class MessageCrashTests {

	@TestFactory
	Stream<DynamicTest> messagesAreTakenOnceWhereverTheRunsAreCrashed() {
		Conversation undisturbed = new Conversation(CrashPoint.NONE, 10_000).play();
		assertThat(undisturbed.results).containsExactly("pong 1, pong 2, empty, paid", "ping 1, ping 2");
		return CrashPoint.parked()
			.flatMap((parked) -> CrashPoint.tests(undisturbed.crash.commits() + 2, parked,
					(point) -> assertThat(new Conversation(point, parked).play().results)
						.isEqualTo(undisturbed.results)));
	}

	/**
	 * One life of the two runs, with at most one crash in it.
	 */
	static final class Conversation {

		private final TestEngine engine = new TestEngine();

		private final WorkflowContext workflow = WorkflowContext.ofCallingRun();

		private final List<String> tokens = Collections.synchronizedList(new ArrayList<>());

		private final Crash crash;

		private List<String> results = List.of();

		Conversation(CrashPoint point, int parked) {
			this.crash = point.in(this.engine);
			this.engine.with((builder) -> builder.maxParkedWorkflows(parked));
		}

		Conversation play() {
			this.engine.workflow("ping", String.class, this::ping).workflow("pong", String.class, this::pong);
			try (TestEngine running = this.engine.start()) {
				try {
					this.results = converse(running);
				}
				catch (KraftException ex) {
					this.crash.check(ex);
					running.crashAndStart();
					this.results = converse(running);
				}
				return this;
			}
		}

		private List<String> converse(TestEngine running) {
			WorkflowHandle<?> pong = running.run("pong", "b", "a");
			WorkflowHandle<?> ping = running.run("ping", "a", "b");
			return List.of(String.valueOf(running.finish(ping, this::pay)), String.valueOf(running.finish(pong)));
		}

		private void pay() {
			if (!this.tokens.isEmpty()) {
				this.engine.client().complete(this.tokens.getLast(), "paid");
			}
		}

		private @Nullable String ping(String other) {
			List<String> heard = new ArrayList<>();
			for (int i = 1; i <= 2; i++) {
				this.workflow.signal(other, "ping", "ping " + i);
				heard.add(this.workflow.awaitSignal("pong", String.class));
			}
			heard.add(this.workflow.awaitSignal("pong", String.class, Duration.ofMinutes(5)).orElse("empty"));
			Callback<String> callback = this.workflow.callback(String.class);
			this.engine.step("send", void.class, () -> {
				this.tokens.add(callback.token());
				return null;
			});
			heard.add(callback.await());
			return String.join(", ", heard);
		}

		private @Nullable String pong(String other) {
			List<String> heard = new ArrayList<>();
			for (int i = 1; i <= 2; i++) {
				heard.add(this.workflow.awaitSignal("ping", String.class));
				this.workflow.signal(other, "pong", "pong " + i);
			}
			return String.join(", ", heard);
		}

	}

}

package io.kraft.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import io.kraft.client.Subscription;
import io.kraft.client.WorkflowEvent;
import io.kraft.client.WorkflowNotFoundException;
import io.kraft.engine.testing.TestEngine;
import io.kraft.workflow.WorkflowContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/**
 * Listeners are told what has become durable about runs, in order, and harm nobody.
 */
@Timeout(60)
class EventTests {

	private final TestEngine engine = new TestEngine();

	private final List<String> told = Collections.synchronizedList(new ArrayList<>());

	@AfterEach
	void stop() {
		this.engine.close();
	}

	@Test
	void aRunsLifeIsToldInOrder() {
		this.engine.workflow("order", String.class, (id) -> {
			WorkflowContext.current().sleep(Duration.ofHours(1));
			return id;
		}).start();
		this.engine.client().subscribe(this::note);

		this.engine.finish(this.engine.run("order", "order-1", "x"));

		await().until(() -> this.told.contains("Completed order-1 COMPLETED"));
		// The first one after a start may have waited for its turn.
		assertThat(this.told).filteredOn((event) -> !event.equals("Moved order-1 RUNNING"))
			.satisfiesExactly((started) -> assertThat(started).startsWith("Started order-1"),
					(waits) -> assertThat(waits).isEqualTo("Moved order-1 SUSPENDED"),
					(ended) -> assertThat(ended).isEqualTo("Completed order-1 COMPLETED"));
	}

	@Test
	void failuresAndPausesAreTold() {
		this.engine.workflow("failing", String.class, (id) -> {
			throw new IllegalStateException("no");
		}).workflow("waiting", String.class, (id) -> WorkflowContext.current().awaitSignal("go", String.class)).start();
		this.engine.client().subscribe(this::note);

		this.engine.run("failing", "f", "x");
		this.engine.run("waiting", "w", "x");
		this.engine.client().pause("w");
		await().until(() -> this.told.contains("Paused w PAUSED"));
		this.engine.client().terminate("w");

		await().until(() -> this.told.contains("Failed w TERMINATED"));
		assertThat(this.told).contains("Failed f FAILED");
	}

	@Test
	void aSubscriptionThatIsClosedIsToldNothingMore() {
		this.engine.workflow("order", String.class, (id) -> id).start();
		Subscription closed = this.engine.client().subscribe((event) -> this.told.add("closed"));
		closed.close();
		closed.close();
		this.engine.client().subscribe(this::note);

		this.engine.finish(this.engine.run("order", "order-1", "x"));

		await().until(() -> this.told.contains("Completed order-1 COMPLETED"));
		assertThat(this.told).doesNotContain("closed");
	}

	@Test
	void aListenerThatThrowsKeepsNothingFromTheOthers() {
		this.engine.workflow("order", String.class, (id) -> id).start();
		this.engine.client().subscribe((event) -> {
			throw new IllegalStateException("a bad listener");
		});
		this.engine.client().subscribe(this::note);

		this.engine.finish(this.engine.run("order", "order-1", "x"));

		await().until(() -> this.told.contains("Completed order-1 COMPLETED"));
	}

	@Test
	void aListenerThatBlocksCostsEventsAndNoRun() {
		CountDownLatch release = new CountDownLatch(1);
		this.engine.workflow("order", String.class, (id) -> id).start();
		this.engine.client().subscribe((event) -> awaitQuietly(release));

		for (int run = 0; run < 6_000; run++) {
			this.engine.run("order", "order-" + run, "x");
		}
		await().until(() -> this.engine.engine().lostEvents() > 0);
		release.countDown();
		assertThat(this.engine.finish(this.engine.run("order", "last", "y"))).isEqualTo("y");
	}

	private static void awaitQuietly(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Test
	void whoWatchesARunIsToldOfEachStepAndOfNoOtherRun() {
		this.engine.workflow("order", String.class, (id) -> {
			WorkflowContext.current().awaitSignal("go", String.class);
			return this.engine.step("charge", String.class, () -> id);
		}).start();
		this.engine.run("order", "watched", "x");
		this.engine.run("order", "other", "x");
		AtomicInteger calls = new AtomicInteger();
		this.engine.client().watch("watched", calls::incrementAndGet);
		await().until(() -> this.engine.client().inspect("watched").workflow().waitingFor() != null);
		int before = calls.get();

		this.engine.client().signal("other", "go", "now");
		this.engine.finish(this.engine.client().handle("other"));
		assertThat(calls.get()).isEqualTo(before);
		this.engine.client().signal("watched", "go", "now");

		await().until(() -> calls.get() > before);
		await().until(() -> this.engine.client().inspect("watched").output() != null);
	}

	@Test
	void anUnknownRunCannotBeWatched() {
		this.engine.workflow("order", String.class, (id) -> id).start();

		assertThatThrownBy(() -> this.engine.client().watch("nobody", () -> {
		})).isInstanceOf(WorkflowNotFoundException.class);
	}

	private void note(WorkflowEvent event) {
		this.told.add(event.getClass().getSimpleName() + " " + event.workflow().id() + " " + event.workflow().status());
	}

}

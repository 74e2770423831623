package io.kraft.engine.timer;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.notNullValue;

class SystemSchedulerTests {

	private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

	private final AtomicReference<Instant> time = new AtomicReference<>(START);

	private final List<String> called = new CopyOnWriteArrayList<>();

	private SystemScheduler scheduler = new SystemScheduler(this.time::get);

	@AfterEach
	void close() {
		this.scheduler.close();
	}

	@Test
	void aTaskIsCalledOnTheSchedulersThreadNotBeforeItsTime() {
		InstantSource clock = InstantSource.system();
		this.scheduler.close();
		this.scheduler = new SystemScheduler(clock);
		Instant dueAt = clock.instant().plusMillis(30);
		AtomicReference<Instant> calledAt = new AtomicReference<>();

		this.scheduler.schedule(dueAt, () -> {
			this.called.add(Thread.currentThread().getName());
			calledAt.set(clock.instant());
		});

		await().untilAtomic(calledAt, notNullValue());
		assertThat(calledAt.get()).isAfterOrEqualTo(dueAt);
		assertThat(this.called).containsExactly("kraft-scheduler");
	}

	@Test
	void aClockThatJumpsForwardsIsNoticed() {
		this.scheduler.schedule(START.plus(Duration.ofDays(1)), () -> this.called.add("tomorrow"));
		this.scheduler.schedule(Instant.MAX, () -> this.called.add("never"));

		this.time.set(START.plus(Duration.ofDays(2)));

		await().atMost(Duration.ofSeconds(3)).until(() -> this.called.equals(List.of("tomorrow")));
	}

	@Test
	void aClockThatJumpsBackDelays() {
		this.scheduler.schedule(START.plusMillis(200), () -> this.called.add("delayed"));
		this.time.set(START.minusSeconds(60));
		this.scheduler.schedule(START.minusSeconds(60), () -> this.called.add("due"));

		await().until(() -> this.called.contains("due"));
		assertThat(this.called).containsExactly("due");
		this.time.set(START.plusSeconds(1));
		await().until(() -> this.called.contains("delayed"));
	}

	@Test
	void tasksAreCalledInOrderOfTimeThenOfArrival() {
		this.scheduler.schedule(START.plusSeconds(2), () -> this.called.add("b"));
		this.scheduler.schedule(START.plusSeconds(1), () -> this.called.add("a"));
		this.scheduler.schedule(START.plusSeconds(2), () -> this.called.add("c"));

		this.time.set(START.plusSeconds(2));

		await().until(() -> this.called.size() == 3);
		assertThat(this.called).containsExactly("a", "b", "c");
	}

	@Test
	void aTaskThatThrowsOrInterruptsDoesNotEndTheScheduler() {
		this.scheduler.schedule(START, () -> {
			throw new IllegalStateException("task");
		});
		this.scheduler.schedule(START, () -> {
			throw new AssertionError("task");
		});
		this.scheduler.schedule(START, () -> Thread.currentThread().interrupt());

		this.scheduler.schedule(START, () -> this.called.add("next"));

		await().until(() -> this.called.equals(List.of("next")));
	}

	@Test
	void aCancelledTaskIsNotCalled() {
		Scheduler.Scheduled cancelled = this.scheduler.schedule(START.plusSeconds(1),
				() -> this.called.add("cancelled"));
		this.scheduler.schedule(START.plusSeconds(2), () -> this.called.add("kept"));

		cancelled.cancel();
		this.time.set(START.plusSeconds(3));

		await().until(() -> this.called.contains("kept"));
		assertThat(this.called).containsExactly("kept");
	}

	@Test
	void aClosedOneCallsNothingMore() {
		AtomicReference<Thread> thread = new AtomicReference<>();
		this.scheduler.schedule(START, () -> thread.set(Thread.currentThread()));
		this.scheduler.schedule(START.plusSeconds(1), () -> this.called.add("waiting"));
		await().untilAtomic(thread, notNullValue());

		this.scheduler.close();
		this.scheduler.schedule(START, () -> this.called.add("too late")).cancel();
		this.time.set(START.plusSeconds(2));

		assertThat(thread.get().isAlive()).isFalse();
		assertThat(this.called).isEmpty();
	}

	@Test
	void aTaskMayCloseIt() {
		this.scheduler.schedule(START, () -> {
			this.scheduler.close();
			this.called.add("closed");
		});

		await().until(() -> this.called.contains("closed"));
	}

	@Test
	void manyThreadsMayScheduleAndCancel() {
		IntStream.range(0, 4).parallel().forEach((caller) -> {
			for (int i = 0; i < 1000; i++) {
				String name = caller + "-" + i;
				Scheduler.Scheduled task = this.scheduler.schedule(START.plusSeconds(1), () -> this.called.add(name));
				if (i % 2 == 0) {
					task.cancel();
				}
			}
		});

		this.time.set(START.plusSeconds(1));

		await().until(() -> this.called.size() == 2000);
		assertThat(this.called).doesNotHaveDuplicates().noneMatch((name) -> name.endsWith("-10"));
	}

}

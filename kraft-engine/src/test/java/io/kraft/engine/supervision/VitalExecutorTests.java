package io.kraft.engine.supervision;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

import io.kraft.workflow.KraftException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class VitalExecutorTests {

	private final List<KraftException> failures = new CopyOnWriteArrayList<>();

	private final List<String> done = new CopyOnWriteArrayList<>();

	private final Supervision supervision = new Supervision(EngineThreads.ofCaller(), this.failures::add);

	private final VitalExecutor executor = new VitalExecutor(this.supervision, VitalThread.READER);

	@AfterEach
	void close() {
		this.executor.shutdown();
		this.supervision.close();
	}

	@Test
	void tasksAreExecutedInTheirOrderAndAfterTheShutdownThoseThatWereTaken() {
		this.executor.execute(() -> this.done.add("a"));
		this.executor.execute(() -> this.done.add("b"));
		this.executor.shutdown();

		await().until(() -> this.done.size() == 2);

		assertThat(this.done).containsExactly("a", "b");
		assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> this.executor.execute(() -> {
		}));
		assertThat(this.supervision.cause()).isNull();
	}

	@Test
	void aTaskThatThrowsFailsTheEngineAndNothingFollowsIt() {
		this.executor.execute(() -> {
			throw new OutOfMemoryError("by the test");
		});
		this.executor.execute(() -> this.done.add("later"));

		await().until(this.supervision::hasFailed);

		assertThat(this.failures).singleElement()
			.satisfies((failure) -> assertThat(failure).hasMessageStartingWith("KRAFT-4011")
				.hasMessageContaining("kraft-reader")
				.hasCauseInstanceOf(OutOfMemoryError.class));
		assertThat(this.done).isEmpty();
	}

	@Test
	void whatIsToBeDoneAboutAFailureIsDoneAgainUntilItSucceeds() {
		this.supervision.whenFailed((cause) -> {
			this.done.add("try");
			if (this.done.size() < 3) {
				throw new OutOfMemoryError("by the test");
			}
		});
		this.supervision.whenFailed((cause) -> this.done.add(cause.code()));
		this.supervision.start();

		this.supervision.report(VitalThread.LOADER, new StackOverflowError());
		this.supervision.report(VitalThread.READER, new OutOfMemoryError());

		await().until(() -> this.done.size() == 4);
		assertThat(this.done).containsExactly("try", "try", "try", "KRAFT-4011");
		assertThat(this.failures).as("the first cause counts").hasSize(1);
		assertThat(this.supervision.cause()).hasMessageContaining("kraft-loader");
	}

}

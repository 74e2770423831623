package io.kraft.engine.interleaving;

import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Collectors;

import io.kraft.engine.testing.InFlight;
import io.kraft.workflow.KraftException;
import org.jspecify.annotations.Nullable;

/**
 * An operation that is under way on a thread of its own.
 */
final class Call {

	private static final Duration LOOK = Duration.ofMillis(20);

	private final Operation operation;

	private final Thread thread;

	private volatile @Nullable Answer answer;

	private volatile @Nullable Throwable failure;

	private Call(Operation operation, Stage stage, String label) {
		this.operation = operation;
		this.thread = Thread.ofPlatform().daemon().name(label + " " + operation).start(() -> make(stage, label));
	}

	static Call start(Operation operation, Stage stage, String label) {
		return new Call(operation, stage, label);
	}

	private void make(Stage stage, String label) {
		try {
			this.operation.call(stage, label);
			this.answer = Answer.DONE;
		}
		catch (KraftException ex) {
			this.answer = Answer.refused(ex);
		}
		catch (Throwable ex) {
			this.failure = ex;
		}
	}

	boolean isDone() {
		return !this.thread.isAlive();
	}

	boolean isDoneOrBlocked() {
		return switch (this.thread.getState()) {
			case TERMINATED, WAITING, TIMED_WAITING, BLOCKED -> true;
			case NEW, RUNNABLE -> false;
		};
	}

	/**
	 * Waits for the answer.
	 * @throws AssertionError if it does not come although nothing moves any more, or is
	 * an exception that has no code
	 */
	Answer answer(InFlight work) throws InterruptedException {
		long lastChange = System.nanoTime();
		long seen = work.reports();
		while (!this.thread.join(LOOK)) {
			if (work.reports() != seen || !isDoneOrBlocked()) {
				seen = work.reports();
				lastChange = System.nanoTime();
			}
			if (System.nanoTime() - lastChange > Stage.PATIENCE.toNanos()) {
				throw new AssertionError(this.operation + " hangs:\n"
						+ Arrays.stream(this.thread.getStackTrace())
							.map((frame) -> "\t" + frame)
							.collect(Collectors.joining("\n")));
			}
		}
		Throwable failure = this.failure;
		Answer answer = this.answer;
		if (failure != null || answer == null) {
			throw new AssertionError(this.operation + " threw what has no code: " + failure, failure);
		}
		return answer;
	}

}

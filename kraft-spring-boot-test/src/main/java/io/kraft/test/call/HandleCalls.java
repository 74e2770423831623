package io.kraft.test.call;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

import io.kraft.client.BlockingCallException;
import io.kraft.client.WorkflowClient;
import io.kraft.client.WorkflowHandle;
import io.kraft.engine.run.Branch;
import io.kraft.engine.supervision.WorkInFlight;
import io.kraft.test.journal.RunText;
import io.kraft.test.time.TimeTravel;
import io.kraft.workflow.KraftException;
import org.jspecify.annotations.Nullable;

/**
 * The calls of a handle in a test. Waiting for a result lets time pass, since nothing
 * else would; in the body of a step that is left to the test, and the body counts as idle
 * meanwhile. Thread-safe.
 */
final class HandleCalls implements InvocationHandler {

	private final WorkflowHandle<?> handle;

	private final WorkflowClient client;

	private final TestClient testClient;

	private final TimeTravel time;

	/**
	 * Calls of a handle.
	 * @param client of the engine
	 * @param testClient of the test
	 */
	HandleCalls(WorkflowHandle<?> handle, WorkflowClient client, TestClient testClient, TimeTravel time) {
		this.handle = handle;
		this.client = client;
		this.testClient = testClient;
		this.time = time;
	}

	@Override
	public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
			throws Throwable {
		switch (method.getName()) {
			case "client" -> {
				return this.testClient.proxy();
			}
			case "awaitQuiescence" -> {
				this.time.awaitQuiescence();
				return null;
			}
			case "signal" -> {
				signal(Objects.requireNonNull(arguments));
				return null;
			}
			case "retry" -> {
				this.testClient.call(this.handle, method, arguments);
				return proxy;
			}
			case "restart", "restartFrom" -> {
				return this.testClient.makeRun(this.handle, method, arguments);
			}
			case "result" -> awaitEnd((arguments != null) ? (Duration) arguments[0] : null);
			default -> {
			}
		}
		return this.testClient.call(this.handle, method,
				isBounded(method) ? new Object[] { Duration.ZERO } : arguments);
	}

	private void signal(@Nullable Object[] given) {
		String name = (String) Objects.requireNonNull(given[0]);
		WorkflowClient client = this.testClient.proxy();
		if (given.length == 2) {
			client.signal(this.handle.id(), name, given[1]);
		}
		else {
			client.signal(this.handle.id(), name, given[1], (String) Objects.requireNonNull(given[2]));
		}
	}

	/** The time has passed already: by the clock of the test. */
	private static boolean isBounded(Method method) {
		return method.getName().equals("result") && method.getParameterCount() == 1 && Branch.current() == null;
	}

	private void awaitEnd(@Nullable Duration timeout) throws InterruptedException {
		checkMayBlock();
		Branch branch = Branch.current();
		if (branch != null) {
			idle(branch);
			return;
		}
		Instant latest = (timeout != null) ? this.time.now().plus(timeout) : null;
		if (!this.time.until(this::hasEnded, latest) && timeout == null) {
			throw new WaitingInVainError("the test waits for the result of a run that nothing completes, not in "
					+ this.time.limit().toMillis() + " ms of real time, whatever falls due: "
					+ RunText.withJournal(this.client, this.handle.id())
					+ "Do first what it waits for, or wait in another thread, by resultAsync().");
		}
	}

	/** As the handle itself does, before anything else. */
	private void checkMayBlock() {
		try {
			this.handle.result(Duration.ZERO);
		}
		catch (BlockingCallException ex) {
			throw ex;
		}
		catch (KraftException ex) {
			// That is reported at its due time.
		}
	}

	private boolean hasEnded() {
		return this.testClient.proxy().find(this.handle.id()).filter((run) -> !run.status().isTerminal()).isEmpty();
	}

	/**
	 * The body of a step waits for another run.
	 */
	private void idle(Branch branch) throws InterruptedException {
		WorkInFlight work = branch.run().environment().partition().work();
		AtomicBoolean resting = new AtomicBoolean(true);
		CompletableFuture<?> end = this.handle.resultAsync();
		// By the thread that completes it, before its own work is over.
		var unused = end.whenComplete((value, failure) -> resume(work, resting));
		work.end();
		try {
			end.get();
		}
		catch (ExecutionException ex) {
			// The handle itself reports it.
		}
		finally {
			resume(work, resting);
			end.cancel(false);
		}
	}

	private static void resume(WorkInFlight work, AtomicBoolean resting) {
		if (resting.compareAndSet(true, false)) {
			work.begin();
		}
	}

}

package io.kraft.test.call;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import io.kraft.client.WorkflowClient;
import io.kraft.client.WorkflowHandle;
import io.kraft.client.WorkflowNotFoundException;
import io.kraft.engine.run.Branch;
import io.kraft.engine.timer.ManualScheduler;
import io.kraft.test.time.TestRandom;
import io.kraft.test.time.TimeTravel;
import org.jspecify.annotations.Nullable;

/**
 * The client of a test: what a crash cuts off is called again, random ids are the same in
 * each execution of the test, and its handles are {@link TestHandle}s. Thread-safe.
 */
public final class TestClient implements InvocationHandler {

	private static final Set<String> MAKE_RUNS = Set.of("start", "startAsync", "enqueue", "enqueueAsync", "restart",
			"restartFrom", "triggerSchedule");

	/** What no test moves the clock by unintentionally. */
	private static final Duration SHORTEST_RETENTION = Duration.ofMinutes(1);

	private final WorkflowClient client;

	private final TimeTravel time;

	private final TestRandom random;

	private final CrashRecovery recovery;

	private final Repetition repetition;

	private final AtomicInteger calls = new AtomicInteger();

	private final WorkflowClient proxy;

	/**
	 * A client in front of that of an engine.
	 */
	public TestClient(WorkflowClient client, TimeTravel time, TestRandom random, CrashRecovery recovery) {
		this.client = client;
		this.time = time;
		this.random = random;
		this.recovery = recovery;
		this.repetition = new Repetition(recovery, this::explained);
		this.proxy = (WorkflowClient) Proxy.newProxyInstance(WorkflowClient.class.getClassLoader(),
				new Class<?>[] { WorkflowClient.class }, this);
	}

	/**
	 * What the test, and the application in it, calls.
	 */
	public WorkflowClient proxy() {
		return this.proxy;
	}

	/**
	 * Counts its calls from the start again.
	 */
	public void reset() {
		this.calls.set(0);
	}

	@Override
	@SuppressWarnings("ReferenceEquality") // There is one of each.
	public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
			throws Throwable {
		if (method.getName().equals("equals") && arguments != null) {
			return this.proxy == arguments[0];
		}
		if (method.getName().equals("signal") && arguments != null && arguments.length == 3
				&& this.recovery.isExpected()) {
			// With an id of its own, or a repetition would be a second signal.
			this.proxy.signal((String) Objects.requireNonNull(arguments[0]),
					(String) Objects.requireNonNull(arguments[1]), arguments[2],
					"test-" + this.calls.incrementAndGet());
			return null;
		}
		return MAKE_RUNS.contains(method.getName()) ? makeRun(this.client, method, arguments)
				: wrapped(call(this.client, method, arguments));
	}

	/**
	 * Calls a method that makes a run, with random values that depend on how many such
	 * calls there were.
	 * @param target a client or a handle
	 */
	@Nullable Object makeRun(Object target, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
		if (Branch.current() != null) {
			return wrapped(call(target, method, arguments));
		}
		String call = "call " + this.calls.incrementAndGet();
		try {
			return wrapped(this.repetition.call(target, method, arguments, () -> this.random.begin(call)));
		}
		finally {
			this.random.end();
		}
	}

	/**
	 * Calls any other method.
	 * @param target a client or a handle
	 */
	@Nullable Object call(Object target, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
		return this.repetition.call(target, method, arguments, () -> {
		});
	}

	/** A test that moves the clock by days may miss that runs are removed meanwhile. */
	private Throwable explained(Throwable failure) {
		Duration moved = Duration.between(ManualScheduler.START, this.time.now());
		if (!(failure instanceof WorkflowNotFoundException notFound) || moved.compareTo(SHORTEST_RETENTION) < 0) {
			return failure;
		}
		String message = String.valueOf(failure.getMessage()).replaceFirst("^KRAFT-\\d+: ", "");
		return new WorkflowNotFoundException(message + " The clock of this test was moved by " + moved.toHours()
				+ " hours: a finished run is removed after its retention (kraft.retention, or that of the workflow). Look "
				+ "at the run before, or set kraft.retention to more in the properties of the test.", failure,
				notFound.runId());
	}

	private @Nullable Object wrapped(@Nullable Object result) {
		return switch (result) {
			case WorkflowHandle<?> handle -> handle(handle);
			case CompletableFuture<?> future -> future.thenApply(this::wrapped);
			case null, default -> result;
		};
	}

	private TestHandle<?> handle(WorkflowHandle<?> handle) {
		return (TestHandle<?>) Proxy.newProxyInstance(TestHandle.class.getClassLoader(),
				new Class<?>[] { TestHandle.class }, new HandleCalls(handle, this.client, this, this.time));
	}

}

package io.kraft.engine.supervision;

import java.time.Duration;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

import io.kraft.workflow.KraftException;
import org.jspecify.annotations.Nullable;

/**
 * Brings every failure of the engine, between one start and its stop, to one defined end.
 * Thread-safe.
 * <p>
 * The thread that fails sets the cause, which was made beforehand, and wakes the
 * supervisor: neither needs memory, so that both succeed without. From then on the engine
 * refuses work and its health reports the cause. Everything else is done by the
 * supervisor, whose thread exists already: it calls what is to be done when the engine
 * has failed, and calls it again while that throws, until memory is free again. It also
 * checks once a second whether a thread has ended without a report; so does
 * {@link #cause()}.
 */
public final class Supervision implements AutoCloseable {

	private static final long LOOK_NANOS = Duration.ofSeconds(1).toNanos();

	private static final long RETRY_NANOS = Duration.ofMillis(100).toNanos();

	/** Memory may come back late; an action that throws for another reason never ends. */
	private static final int MAX_TRIES = 3000;

	private final EngineThreads threads;

	private final String suffix;

	private final Consumer<KraftException> listener;

	private final AtomicReference<@Nullable KraftException> cause = new AtomicReference<>();

	private final Map<VitalThread, EngineThreadException> prepared = new EnumMap<>(VitalThread.class);

	private final Collection<Watched> watched = new CopyOnWriteArrayList<>();

	private final List<Consumer<KraftException>> actions = new CopyOnWriteArrayList<>();

	private final Thread supervisor;

	private volatile boolean closed;

	/**
	 * As the other one, without a suffix.
	 */
	public Supervision(EngineThreads threads, Consumer<KraftException> listener) {
		this(threads, "", listener);
	}

	/**
	 * A supervision that is not started.
	 * @param suffix to the names of its threads
	 * @param listener is called with the cause, once, on the thread that failed; must not
	 * block or allocate
	 */
	public Supervision(EngineThreads threads, String suffix, Consumer<KraftException> listener) {
		this.threads = threads;
		this.suffix = suffix;
		this.listener = listener;
		for (VitalThread thread : VitalThread.values()) {
			this.prepared.put(thread, new EngineThreadException(thread));
		}
		this.supervisor = threads.platform("kraft-supervisor" + suffix, this::supervise);
	}

	/**
	 * Watches from now on.
	 */
	public void start() {
		this.supervisor.start();
	}

	/**
	 * Makes the threads of the engine.
	 */
	public EngineThreads threads() {
		return this.threads;
	}

	/**
	 * Adds something to be done when the engine has failed, in this order, on the
	 * supervisor's thread.
	 * @param action must not block; is called again if it throws
	 */
	public void whenFailed(Consumer<KraftException> action) {
		this.actions.add(action);
	}

	/**
	 * A thread, not started, that the engine needs.
	 * @param loop returns when it is no longer needed
	 */
	public Thread thread(VitalThread vital, Runnable loop) {
		Watched watched = new Watched(vital, loop);
		this.watched.add(watched);
		return watched.thread;
	}

	/**
	 * A task of a thread that the engine needs: what it throws is reported.
	 */
	public Runnable guarded(VitalThread vital, Runnable task) {
		return () -> {
			try {
				task.run();
			}
			catch (Throwable ex) {
				report(vital, ex);
			}
		};
	}

	/**
	 * Fails the engine, because of an unexpected internal error. Allocates nothing, does
	 * not block, and throws nothing.
	 */
	public void report(VitalThread vital, @Nullable Throwable unexpected) {
		fail(prepare(vital, unexpected));
	}

	/**
	 * What {@link #report} fails the engine with. Allocates nothing.
	 */
	public KraftException prepare(VitalThread vital, @Nullable Throwable unexpected) {
		return prepared(vital).because(unexpected);
	}

	/**
	 * As {@link #report}, where the failure is known.
	 */
	public void fail(KraftException failure) {
		if (!this.closed && this.cause.compareAndSet(null, failure)) {
			try {
				this.listener.accept(failure);
			}
			catch (Throwable ex) {
				// Callers of cause() get it.
			}
			LockSupport.unpark(this.supervisor);
		}
	}

	/** Not of {@code Map.of}, whose views allocate. */
	private EngineThreadException prepared(VitalThread vital) {
		return java.util.Objects.requireNonNull(this.prepared.get(vital));
	}

	/**
	 * Why the engine has failed; null if it has not. Checks that each thread is alive.
	 */
	public @Nullable KraftException cause() {
		if (this.cause.get() == null) {
			this.watched.forEach(Watched::check);
		}
		return this.cause.get();
	}

	/**
	 * Whether the engine has failed. Costs one volatile read.
	 */
	public boolean hasFailed() {
		return this.cause.get() != null;
	}

	private void supervise() {
		while (!this.closed && look() == null) {
			LockSupport.parkNanos(this, LOOK_NANOS);
		}
		KraftException failure = this.cause.get();
		if (failure != null) {
			// Neither an iterator nor a lambda: there may be no memory for one.
			for (int next = 0; next < this.actions.size(); next++) {
				untilDone(this.actions.get(next), failure);
			}
		}
	}

	private static void untilDone(Consumer<KraftException> action, KraftException failure) {
		for (int tries = 0; tries < MAX_TRIES; tries++) {
			try {
				action.accept(failure);
				return;
			}
			catch (Throwable ex) {
				LockSupport.parkNanos(RETRY_NANOS);
			}
		}
	}

	private @Nullable KraftException look() {
		try {
			return cause();
		}
		catch (Throwable ex) {
			return this.cause.get();
		}
	}

	/**
	 * Does something, again and again while it throws, and memory may come back.
	 */
	public static void untilDone(Runnable action) {
		for (int tries = 0; tries < MAX_TRIES; tries++) {
			try {
				action.run();
				return;
			}
			catch (Throwable ex) {
				LockSupport.parkNanos(RETRY_NANOS);
			}
		}
	}

	/**
	 * Stops watching. Does not wait: the actions after a failure continue.
	 */
	@Override
	public void close() {
		this.closed = true;
		LockSupport.unpark(this.supervisor);
	}

	/**
	 * A thread that is watched.
	 */
	private final class Watched implements Runnable {

		private final VitalThread vital;

		private final Runnable loop;

		private final Thread thread;

		private volatile boolean over;

		Watched(VitalThread vital, Runnable loop) {
			this.vital = vital;
			this.loop = loop;
			this.thread = Supervision.this.threads.platform(vital.threadName() + Supervision.this.suffix, this);
		}

		@Override
		public void run() {
			try {
				this.loop.run();
				this.over = true;
			}
			catch (Throwable ex) {
				report(this.vital, ex);
			}
		}

		void check() {
			if (this.thread.getState() == Thread.State.TERMINATED && !this.over) {
				report(this.vital, null);
			}
		}

	}

}

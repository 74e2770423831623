package io.kraft.engine.client;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

import io.kraft.client.Subscription;
import io.kraft.client.WorkflowDescription;
import io.kraft.client.WorkflowEvent;
import io.kraft.client.WorkflowStatus;
import io.kraft.engine.store.Change;
import io.kraft.engine.store.Change.EntryAppended;
import io.kraft.engine.store.Change.JournalCleared;
import io.kraft.engine.store.Change.RunChanged;
import io.kraft.engine.store.Change.RunRemoved;
import io.kraft.engine.store.RunRow;
import io.kraft.engine.supervision.EngineThreads;
import io.kraft.engine.supervision.SafeLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notifies listeners of what has become durable about runs.
 * <p>
 * The committer hands over what it has written, and does nothing more: events are made
 * and published on a thread of the hub's own, in the order of the commits. What waits for
 * that thread is bounded; a listener that blocks it costs events, and never a run.
 * Without listeners a commit costs two checks. Thread-safe; outlives a stop of the
 * engine.
 */
public final class EventHub {

	private static final int MAX_WAITING = 10_000;

	private static final Logger logger = LoggerFactory.getLogger(EventHub.class);

	private final InstantSource clock;

	private final List<Listener> listeners = new CopyOnWriteArrayList<>();

	private final Map<Run, List<RunSubscription>> subscriptions = new ConcurrentHashMap<>();

	private final ThreadPoolExecutor publisher;

	private final AtomicLong lost = new AtomicLong();

	/**
	 * A hub without listeners.
	 */
	public EventHub(InstantSource clock, EngineThreads threads) {
		this.clock = clock;
		this.publisher = new ThreadPoolExecutor(1, 1, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(MAX_WAITING),
				(task) -> threads.platform("kraft-events", task));
		this.publisher.allowCoreThreadTimeOut(true);
	}

	Subscription subscribe(Consumer<? super WorkflowEvent> consumer) {
		Listener listener = new Listener(consumer);
		this.listeners.add(listener);
		return () -> this.listeners.remove(listener);
	}

	/**
	 * @param number of the run in the partition
	 */
	Subscription watch(int partition, long number, Runnable action) {
		Run run = new Run(partition, number);
		RunSubscription subscription = new RunSubscription(action);
		this.subscriptions.compute(run, (key, others) -> {
			List<RunSubscription> all = (others != null) ? others : new CopyOnWriteArrayList<>();
			all.add(subscription);
			return all;
		});
		return () -> this.subscriptions.computeIfPresent(run, (key, all) -> {
			all.remove(subscription);
			return all.isEmpty() ? null : all;
		});
	}

	/**
	 * How many events were left out, because listeners were too slow.
	 */
	public long lost() {
		return this.lost.get();
	}

	/**
	 * Something is durable in a partition. Does not block.
	 */
	public void committed(int partition, List<Change> changes) {
		if (this.listeners.isEmpty() && this.subscriptions.isEmpty()) {
			return;
		}
		for (Change change : changes) {
			if (change instanceof RunChanged changed && !this.listeners.isEmpty()) {
				publish(changed);
			}
			if (!this.subscriptions.isEmpty()) {
				switch (change) {
					case EntryAppended c -> publish(new Run(partition, c.run()));
					case RunChanged c -> publish(new Run(partition, c.after().number()));
					case JournalCleared c -> publish(new Run(partition, c.run()));
					case RunRemoved c -> publish(new Run(partition, c.row().number()));
					default -> {
					}
				}
			}
		}
	}

	private void publish(RunChanged changed) {
		if (changed.before() == null || changed.before().status() != changed.after().status()) {
			Instant now = this.clock.instant();
			execute(() -> publishSafely(changed, now));
		}
	}

	private void publishSafely(RunChanged changed, Instant now) {
		try {
			publish(event(changed, now));
		}
		catch (Throwable ex) {
			this.lost.incrementAndGet();
			SafeLog.warn(logger, "Listeners to run events were left out", ex);
		}
	}

	private void publish(WorkflowEvent event) {
		this.listeners.forEach((listener) -> listener.accept(event));
	}

	private void publish(Run run) {
		List<RunSubscription> watching = this.subscriptions.get(run);
		if (watching != null) {
			watching.forEach((subscription) -> {
				// One that waits to be called sees this change too.
				if (subscription.expect() && !execute(subscription)) {
					subscription.expectNothing();
				}
			});
		}
	}

	private boolean execute(Runnable task) {
		try {
			this.publisher.execute(task);
			return true;
		}
		catch (RejectedExecutionException ex) {
			if (this.lost.getAndIncrement() == 0) {
				logger.warn("Listeners to run events are too slow: {} events wait, and further ones are left out "
						+ "until there is room", MAX_WAITING);
			}
			return false;
		}
		catch (Throwable ex) {
			// No memory, or no thread: that costs an event.
			this.lost.incrementAndGet();
			return false;
		}
	}

	private static WorkflowEvent event(RunChanged changed, Instant at) {
		WorkflowDescription workflow = Descriptions.of(changed.after());
		RunRow before = changed.before();
		if (before == null) {
			return new WorkflowEvent.Started(workflow, at);
		}
		WorkflowStatus status = changed.after().status();
		return switch (status) {
			case SCHEDULED, PENDING, RUNNING, SUSPENDED -> new WorkflowEvent.Moved(workflow, before.status(), at);
			case PAUSED -> new WorkflowEvent.Paused(workflow, at);
			case COMPLETED -> new WorkflowEvent.Completed(workflow, at);
			case FAILED, CANCELLED, TIMED_OUT, TERMINATED, DEAD -> new WorkflowEvent.Failed(workflow, at);
		};
	}

	/**
	 * A run of a partition.
	 */
	private record Run(int partition, long number) {
	}

	/** An object of its own for each subscription. */
	private static final class Listener {

		private final Consumer<? super WorkflowEvent> consumer;

		Listener(Consumer<? super WorkflowEvent> consumer) {
			this.consumer = consumer;
		}

		void accept(WorkflowEvent event) {
			try {
				this.consumer.accept(event);
			}
			catch (Throwable ex) {
				SafeLog.warn(logger, "A listener to run events failed", ex);
			}
		}

	}

}

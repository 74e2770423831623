package io.kraft.cluster.membership;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;

import io.kraft.cluster.membership.SwimOutput.Outgoing;
import io.kraft.cluster.transport.Address;
import io.kraft.cluster.transport.Transport;
import io.kraft.cluster.transport.TransportException;
import io.kraft.engine.timer.Scheduler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Executes {@link Swim} with a scheduler and a transport. Thread-safe.
 * <p>
 * Inputs are taken one after another under a lock. Nothing is sent and no listener called
 * while it is held: a listener may ask for the list, and a message may be answered within
 * its own call. Events reach the listener one at a time, in the order in which they
 * happened.
 */
final class SwimDriver {

	/** The method of the transport. */
	static final String METHOD = "gossip";

	private static final Logger log = LoggerFactory.getLogger(SwimDriver.class);

	/**
	 * More are dropped, as if they got lost: the members that they are for do not answer.
	 */
	private static final int MOST_UNDER_WAY = 256;

	private static final long LOG_INTERVAL_MILLIS = 60_000;

	private static final byte[] NO_ANSWER = new byte[0];

	private final Swim swim;

	private final SwimCodec codec;

	private final Duration patience;

	private final Transport transport;

	private final Scheduler scheduler;

	private final InstantSource clock;

	private final LongSupplier millis;

	private final Executor sender;

	private final Consumer<MemberEvent> listener;

	private final Semaphore underWay = new Semaphore(MOST_UNDER_WAY);

	private final ReentrantLock lock = new ReentrantLock();

	private final ReentrantLock listening = new ReentrantLock();

	private final Queue<MemberEvent> events = new ArrayDeque<>();

	private Scheduler.@Nullable Scheduled wakeUp;

	private boolean isClosed;

	private long refusalLoggedAt = Long.MIN_VALUE;

	/**
	 * A driver that has not begun.
	 * @param patience how long a message is tried to be delivered
	 * @param clock that of the scheduler
	 * @param millis of a monotonic clock, from which {@code swim} was made
	 * @param sender executes calls, which block
	 */
	SwimDriver(Swim swim, SwimCodec codec, Duration patience, Transport transport, Scheduler scheduler,
			InstantSource clock, LongSupplier millis, Executor sender, Consumer<MemberEvent> listener) {
		this.swim = swim;
		this.codec = codec;
		this.patience = patience;
		this.transport = transport;
		this.scheduler = scheduler;
		this.clock = clock;
		this.millis = millis;
		this.sender = sender;
		this.listener = listener;
	}

	void start() {
		this.transport.serve(METHOD, this::handle);
		input((now) -> SwimOutput.collecting());
	}

	private byte[] handle(byte[] request, Duration remaining) {
		SwimMessage message = this.codec.decode(request);
		input((now) -> this.swim.received(message, now));
		return NO_ANSWER;
	}

	void join(List<String> addresses) {
		input((now) -> this.swim.join(addresses, now));
	}

	void meta(byte[] meta) {
		input((now) -> this.swim.meta(meta, now));
	}

	void leave() {
		input(this.swim::leave);
	}

	List<Member> members() {
		this.lock.lock();
		try {
			return this.swim.members();
		}
		finally {
			this.lock.unlock();
		}
	}

	void close() {
		this.lock.lock();
		try {
			this.isClosed = true;
			cancelWakeUp();
		}
		finally {
			this.lock.unlock();
		}
	}

	private void wake() {
		input(this.swim::advance);
	}

	private void input(Function<Long, SwimOutput> input) {
		SwimOutput output;
		this.lock.lock();
		try {
			if (this.isClosed) {
				return;
			}
			output = input.apply(this.millis.getAsLong());
			this.events.addAll(output.events());
			wakeLater();
		}
		finally {
			this.lock.unlock();
		}
		output.messages().forEach(this::send);
		publish();
	}

	private void wakeLater() {
		cancelWakeUp();
		long delay = Math.max(0, this.swim.nextDue() - this.millis.getAsLong());
		this.wakeUp = this.scheduler.scheduleUpkeep(this.clock.instant().plusMillis(delay), this::wake);
	}

	private void cancelWakeUp() {
		if (this.wakeUp != null) {
			this.wakeUp.cancel();
		}
	}

	private void send(Outgoing outgoing) {
		if (!this.underWay.tryAcquire()) {
			return;
		}
		try {
			this.sender.execute(() -> {
				try {
					call(outgoing);
				}
				finally {
					this.underWay.release();
				}
			});
		}
		catch (RejectedExecutionException ex) {
			// It is being closed.
			this.underWay.release();
		}
	}

	private void call(Outgoing outgoing) {
		try {
			this.transport.call(Address.parse(outgoing.address()), METHOD, this.codec.encode(outgoing.message()),
					this.patience);
		}
		catch (TransportException ex) {
			if (ex.outcome() == Transport.Outcome.REFUSED) {
				logRefusal(outgoing.address(), ex);
			}
			// Else it is as if the message got lost.
		}
		catch (IllegalArgumentException ex) {
			log.debug("{} is no address of a node", outgoing.address(), ex);
		}
	}

	/** Once a minute: a node of another cluster or version refuses each message. */
	private void logRefusal(String address, TransportException refusal) {
		long now = this.millis.getAsLong();
		this.lock.lock();
		try {
			if (this.refusalLoggedAt != Long.MIN_VALUE && now - this.refusalLoggedAt < LOG_INTERVAL_MILLIS) {
				return;
			}
			this.refusalLoggedAt = now;
		}
		finally {
			this.lock.unlock();
		}
		log.warn("The node at {} refuses messages of membership: {}", address, refusal.getMessage());
	}

	/** The thread that is publishing already takes what comes meanwhile. */
	private void publish() {
		while (hasEvents() && !this.listening.isHeldByCurrentThread() && this.listening.tryLock()) {
			try {
				for (MemberEvent event = next(); event != null; event = next()) {
					this.listener.accept(event);
				}
			}
			catch (RuntimeException ex) {
				log.warn("A listener to members has thrown", ex);
			}
			finally {
				this.listening.unlock();
			}
		}
	}

	private boolean hasEvents() {
		this.lock.lock();
		try {
			return !this.events.isEmpty();
		}
		finally {
			this.lock.unlock();
		}
	}

	private @Nullable MemberEvent next() {
		this.lock.lock();
		try {
			return this.events.poll();
		}
		finally {
			this.lock.unlock();
		}
	}

}

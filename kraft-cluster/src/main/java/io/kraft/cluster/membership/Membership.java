package io.kraft.cluster.membership;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

import io.kraft.cluster.discovery.Discovery;
import io.kraft.cluster.discovery.DiscoveryException;
import io.kraft.cluster.transport.Transport;
import io.kraft.engine.timer.Scheduler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The members of a cluster, as this node sees them. Decides nothing about who owns a
 * partition. Thread-safe.
 */
public final class Membership implements AutoCloseable {

	private static final Logger log = LoggerFactory.getLogger(Membership.class);

	private static final Duration ALONE = Duration.ofSeconds(10);

	private static final Duration IN_COMPANY = Duration.ofSeconds(30);

	private final SwimDriver driver;

	private final List<Discovery> discoveries;

	private final Scheduler scheduler;

	private final InstantSource clock;

	private final Executor executor;

	private final List<Consumer<MemberEvent>> listeners = new CopyOnWriteArrayList<>();

	private final AtomicBoolean isAsking = new AtomicBoolean();

	private volatile boolean isClosed;

	private volatile Scheduler.@Nullable Scheduled nextLook;

	/**
	 * A member that has not begun.
	 * @param cluster its name: messages of other clusters are refused
	 * @param self this node; its state and revision are not used
	 * @param clock that of the scheduler; also gives the first revision, which is to be
	 * higher than those of former processes
	 * @param millis of a monotonic clock, which no one sets
	 * @param executor executes what blocks, each task on a thread of its own
	 */
	public Membership(String cluster, Member self, SwimSettings settings, Transport transport,
			List<Discovery> discoveries, Scheduler scheduler, InstantSource clock, LongSupplier millis,
			Executor executor, RandomGenerator random) {
		Swim swim = new Swim(self.id(), self.address(), self.meta(), Math.max(0, clock.millis()), settings, random,
				millis.getAsLong());
		this.driver = new SwimDriver(swim, new SwimCodec(cluster), settings.gossipInterval(), transport, scheduler,
				clock, millis, executor, this::publish);
		this.discoveries = List.copyOf(discoveries);
		this.scheduler = scheduler;
		this.clock = clock;
		this.executor = executor;
	}

	/**
	 * Begins to answer other members, and to look for them.
	 */
	public void start() {
		this.driver.start();
		look();
	}

	/**
	 * All members that are known, this one included, in the order of their ids.
	 */
	public List<Member> members() {
		return this.driver.members();
	}

	/**
	 * Calls a listener for each event from now on, one after another; it is to be short.
	 */
	public void subscribe(Consumer<MemberEvent> listener) {
		this.listeners.add(listener);
	}

	/**
	 * Says something else of this member, of up to {@link Member#MAX_META_BYTES}.
	 */
	public void meta(byte[] meta) {
		this.driver.meta(meta);
	}

	/**
	 * Has the others know that this member leaves; it still answers until it is closed.
	 */
	public void leave() {
		this.driver.leave();
	}

	@Override
	public void close() {
		this.isClosed = true;
		Scheduler.Scheduled look = this.nextLook;
		if (look != null) {
			look.cancel();
		}
		this.driver.close();
	}

	private void publish(MemberEvent event) {
		for (Consumer<MemberEvent> listener : this.listeners) {
			try {
				listener.accept(event);
			}
			catch (RuntimeException ex) {
				log.warn("A listener to members has thrown at {}", event, ex);
			}
		}
	}

	/**
	 * Sources may block: they are not asked on the scheduler's thread, and not twice at
	 * the same time.
	 */
	private void look() {
		if (this.isClosed) {
			return;
		}
		try {
			if (this.isAsking.compareAndSet(false, true)) {
				this.executor.execute(this::ask);
			}
		}
		catch (RejectedExecutionException ex) {
			this.isAsking.set(false);
		}
		Duration pause = (members().size() == 1) ? ALONE : IN_COMPANY;
		this.nextLook = this.scheduler.scheduleUpkeep(this.clock.instant().plus(pause), this::look);
	}

	private void ask() {
		try {
			List<String> found = new ArrayList<>();
			for (Discovery discovery : this.discoveries) {
				try {
					found.addAll(discovery.addresses());
				}
				catch (DiscoveryException ex) {
					log.warn("Other nodes cannot be looked for by {} now; it is tried again: {}", discovery,
							ex.getMessage());
				}
			}
			this.driver.join(unknown(found));
		}
		finally {
			this.isAsking.set(false);
		}
	}

	/** Present members need not be asked to join. */
	private List<String> unknown(List<String> found) {
		List<String> present = members().stream()
			.filter((member) -> member.state().isPresent())
			.map(Member::address)
			.toList();
		return found.stream().distinct().filter((address) -> !present.contains(address)).toList();
	}

}

package io.kraft.engine.channel;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.kraft.client.EngineStoppedException;
import io.kraft.engine.execution.Execution;
import io.kraft.engine.message.channel.Channel;
import io.kraft.engine.message.channel.Channel.Next;
import io.kraft.engine.store.Channels;
import io.kraft.engine.store.OutboxEntry;
import io.kraft.engine.supervision.SafeLog;
import io.kraft.engine.supervision.VitalThread;
import io.kraft.workflow.KraftException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends to one other partition, on a thread that exists while there is something to send.
 * Thread-safe; only that thread touches the channel.
 */
final class Sender {

	private static final Logger logger = LoggerFactory.getLogger(Outgoing.class);

	private final int target;

	private final Execution execution;

	private final ChannelCalls calls;

	private final Outgoing outgoing;

	private final Channel channel;

	/** The last alarm; null if the channel has moved since. */
	private volatile @Nullable KraftException logged;

	/** More than none while the thread exists. */
	private final AtomicInteger wakeups = new AtomicInteger();

	private final RoomWaits roomWaits = new RoomWaits();

	Sender(int target, Execution execution, ChannelCalls calls, Outgoing outgoing) {
		this.target = target;
		this.execution = execution;
		this.calls = calls;
		this.outgoing = outgoing;
		this.channel = new Channel(target, channels().sent(target));
	}

	/**
	 * There may be something to send. Does not block.
	 */
	void wake() {
		if (this.wakeups.getAndIncrement() == 0) {
			try {
				begin();
			}
			catch (Throwable ex) {
				// Without a thread nothing would be sent any more.
				this.execution.supervision().report(VitalThread.RUN, ex);
				throw ex;
			}
		}
	}

	private void begin() {
		Runnable task = this.execution.supervision().guarded(VitalThread.RUN, this::send);
		this.execution.node()
			.threads()
			.virtual("kraft-channel-" + this.execution.partition() + "-" + this.target,
					this.execution.node().work().counted(task))
			.start();
	}

	private void send() {
		int seen;
		do {
			seen = this.wakeups.get();
			boolean more = true;
			while (more && !this.outgoing.isStopped()) {
				more = sendNext();
			}
		}
		while (!this.wakeups.compareAndSet(seen, 0));
	}

	/**
	 * Sends a batch, if there is one.
	 * @return whether there may be more
	 */
	private boolean sendNext() {
		try {
			this.channel.committed(channels().sent(this.target));
			switch (this.channel.next(now())) {
				case Next.Nothing() -> {
					return false;
				}
				case Next.Later(Instant at) -> {
					this.execution.clockwork().scheduler().schedule(at, this::wake);
					return false;
				}
				case Next.Send(long after, long last) ->
					send(rows(after).stream().takeWhile((entry) -> entry.sequence() <= last).toList());
			}
		}
		catch (EngineStoppedException ex) {
			this.channel.failed(now());
		}
		catch (KraftException ex) {
			this.channel.stopped(ex, now());
			if (!this.outgoing.isStopped()) {
				log(ex);
			}
		}
		catch (RuntimeException ex) {
			// Of the receiver, perhaps: this partition is not to fail with it.
			this.channel.failed(now());
			SafeLog.error(logger, "Sending to partition " + this.target + " failed, and is tried again", ex);
		}
		return true;
	}

	private void send(List<OutboxEntry> batch) {
		this.channel.begin(batch);
		long taken = this.calls.take(this.target, this.execution.partition(), batch);
		if (this.outgoing.isStopped()) {
			// The next owner may have sent more meanwhile, so the mark is not this one's.
			return;
		}
		long removed = this.channel.answered(taken, now());
		if (removed > 0) {
			forget(batch, taken);
			this.execution.removeSent(this.target, removed);
		}
		KraftException alarm = this.channel.alarm();
		if (alarm != null) {
			log(alarm);
		}
		else {
			this.logged = null;
		}
	}

	/** Also those that a former owner has sent, and has not removed. */
	private void forget(List<OutboxEntry> batch, long taken) {
		List<OutboxEntry> rows = batch;
		while (!rows.isEmpty()) {
			rows.stream().filter((entry) -> entry.sequence() <= taken).forEach(this.outgoing::forget);
			long last = rows.getLast().sequence();
			rows = (last < taken) ? rows(last) : List.of();
		}
	}

	/**
	 * The last alarm; null if the channel has moved since.
	 */
	@Nullable KraftException alarm() {
		return this.logged;
	}

	private void log(KraftException alarm) {
		KraftException logged = this.logged;
		if (logged != null && logged.code().equals(alarm.code())) {
			return;
		}
		this.logged = alarm;
		logger.error("The channel from partition {} to partition {} stands still, with {} rows that wait: {}",
				this.execution.partition(), this.target, this.channel.waiting(), alarm.getMessage());
	}

	/**
	 * Notes the children whose start waits here.
	 */
	void readStarts() {
		List<OutboxEntry> rows = rows(channels().sent(this.target).removed());
		while (!rows.isEmpty()) {
			rows.forEach((entry) -> this.outgoing.note(entry.row()));
			rows = rows(rows.getLast().sequence());
		}
	}

	private List<OutboxEntry> rows(long after) {
		return channels().rows(this.target, after, Channels.BATCH_ROWS, Channels.BATCH_BYTES);
	}

	/**
	 * Whether few enough rows wait.
	 * @throws EngineStoppedException if not, and this partition stops
	 */
	boolean hasRoom() {
		if (room() > 0) {
			return true;
		}
		if (this.outgoing.isStopped()) {
			throw new EngineStoppedException("the engine stops. See docs/reference/errors.md#kraft-3007");
		}
		return false;
	}

	private long room() {
		return Channel.MOST_ROWS - channels().sent(this.target).waiting();
	}

	/**
	 * Notifies once when there may be room, or this partition stops.
	 * @return ends that
	 */
	Runnable whenRoom(Runnable freed) {
		return this.roomWaits.add(freed);
	}

	/**
	 * Rows were removed, or nothing more is sent. Does not block.
	 */
	void offerRoom() {
		this.roomWaits.freed(this.outgoing.isStopped() ? Long.MAX_VALUE : room());
	}

	private Channels channels() {
		return this.execution.store().channels();
	}

	private Instant now() {
		return this.execution.clockwork().clock().instant();
	}

}

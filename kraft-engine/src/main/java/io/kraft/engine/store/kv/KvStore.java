package io.kraft.engine.store.kv;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

import io.kraft.client.WorkflowStatus;
import io.kraft.engine.journal.Payload;
import io.kraft.engine.store.AnsweredRequest;
import io.kraft.engine.store.Change;
import io.kraft.engine.store.Channels;
import io.kraft.engine.store.InboxSize;
import io.kraft.engine.store.Message;
import io.kraft.engine.store.MessageVisitor;
import io.kraft.engine.store.QueueAttempt;
import io.kraft.engine.store.RunFilter;
import io.kraft.engine.store.RunRow;
import io.kraft.engine.store.RunSlice;
import io.kraft.engine.store.ScheduleRow;
import io.kraft.engine.store.StaleEpochException;
import io.kraft.engine.store.StatusCounts;
import io.kraft.engine.store.StorageException;
import io.kraft.engine.store.Store;
import io.kraft.engine.store.StoreIdentity;
import io.kraft.engine.store.Timer;
import io.kraft.engine.store.check.CheckReport;
import org.jspecify.annotations.Nullable;

/**
 * A store over ordered keys. After a failed write it refuses all further ones.
 */
public final class KvStore implements Store {

	private final OrderedKeys keys;

	private final boolean sync;

	private final ReentrantLock writing = new ReentrantLock();

	private volatile long epoch;

	private volatile long highestRun;

	/** In milliseconds; 0 if there is none. */
	private volatile long lastRemovedCreation;

	private final RunCounts counts;

	private final ChannelMarks marks;

	private final Channels channels;

	/** Whether earlier versions, which know no channels, are kept from the store. */
	private boolean knowsChannels;

	private final EmptyRanges empty = new EmptyRanges();

	private final UnreadableRows unreadable = new UnreadableRows();

	private @Nullable StorageException failure;

	private KvStore(OrderedKeys keys, boolean sync) {
		this.keys = keys;
		this.sync = sync;
		this.epoch = StoreMark.EPOCH.read(keys);
		this.counts = RunCounts.read(keys);
		this.marks = ChannelMarks.read(keys);
		this.channels = new ChannelReader(keys, this.marks);
		this.knowsChannels = StoreMark.FORMAT.read(keys) == StoreMark.PRESENT_FORMAT;
		this.highestRun = Math.max(StoreMark.HIGHEST_RUN.read(keys), lastRun(keys));
		this.lastRemovedCreation = StoreMark.LAST_REMOVED_CREATION.read(keys);
	}

	/** Of the medium, for the log. */
	@Override
	public String toString() {
		return this.keys.toString();
	}

	/**
	 * The store of an only partition, as
	 * {@link #open(OrderedKeys, boolean, StoreIdentity)}.
	 */
	public static Store open(OrderedKeys keys, boolean sync) {
		return open(keys, sync, StoreIdentity.SOLE);
	}

	/**
	 * A store over the keys, which it closes with itself, and if it cannot be opened.
	 * Empty keys become the store of a partition, whole or not at all.
	 * @param sync whether a commit waits until it is durable; a claim always does
	 * @throws StorageException with {@link StorageException#UNKNOWN_FORMAT} if the keys
	 * were written in a format that this version does not know, and with
	 * {@link StorageException#FIXED_AT_CREATION} if they are the store of another
	 * partition, or of another number of partitions; nothing is changed
	 */
	public static Store open(OrderedKeys keys, boolean sync, StoreIdentity identity) {
		try {
			StoreMark.checkFormat(keys, identity);
			return new KvStore(keys, sync);
		}
		catch (RuntimeException | Error ex) {
			keys.close();
			throw ex;
		}
	}

	@Override
	public long epoch() {
		return this.epoch;
	}

	@Override
	public void claim(long epoch) {
		this.writing.lock();
		try {
			if (epoch <= this.epoch) {
				throw new StaleEpochException(epoch, this.epoch);
			}
			try (KeyBatch batch = this.keys.batch()) {
				StoreMark.EPOCH.write(batch, epoch);
				write(batch, true);
			}
			this.epoch = epoch;
		}
		finally {
			this.writing.unlock();
		}
	}

	@Override
	public void commit(long epoch, List<Change> changes) {
		this.writing.lock();
		try {
			if (epoch != this.epoch) {
				throw new StaleEpochException(epoch, this.epoch);
			}
			if (changes.isEmpty()) {
				return;
			}
			try (KeyBatch batch = this.keys.batch()) {
				ChangeWriter writer = new ChangeWriter(this.keys, batch, this.counts, this.marks, this.highestRun);
				writer.write(changes);
				boolean raisesFormat = writer.usesChannels() && !this.knowsChannels;
				if (raisesFormat) {
					StoreMark.FORMAT.write(batch, StoreMark.PRESENT_FORMAT);
				}
				if (writer.removes()) {
					StoreMark.HIGHEST_RUN.write(batch, writer.highestRun());
				}
				long lastRemovedCreation = Math.max(this.lastRemovedCreation, writer.lastRemovedCreation());
				if (lastRemovedCreation > this.lastRemovedCreation) {
					StoreMark.LAST_REMOVED_CREATION.write(batch, lastRemovedCreation);
				}
				this.empty.begin(writer.puts());
				write(batch, this.sync);
				this.empty.end();
				this.highestRun = writer.highestRun();
				this.lastRemovedCreation = lastRemovedCreation;
				this.knowsChannels |= raisesFormat;
				this.counts.endCommit(true);
				this.marks.endCommit(true);
			}
			finally {
				this.counts.endCommit(false);
				this.marks.endCommit(false);
			}
		}
		finally {
			this.writing.unlock();
		}
	}

	@Override
	public long highestRun() {
		return this.highestRun;
	}

	@Override
	public Instant lastRemovedCreation() {
		long millis = this.lastRemovedCreation;
		return (millis > 0) ? Instant.ofEpochMilli(millis) : Instant.MIN;
	}

	@Override
	public Optional<RunRow> run(String id) {
		byte[] prefix = RunKeys.id(id);
		long missing = 0;
		while (true) {
			long number = newest(prefix);
			if (number == missing) {
				return Optional.empty();
			}
			Optional<RunRow> row = run(number);
			if (row.isPresent()) {
				return row;
			}
			// It was removed since its number was read, but another may have its id now.
			missing = number;
		}
	}

	@Override
	public Optional<RunRow> run(long number) {
		return Optional.ofNullable(row(this.keys, number));
	}

	@Override
	public void journal(long run, int from, Consumer<byte[]> reader) {
		try (KeyCursor entries = this.keys.scan(Keyspace.JOURNAL, RunKeys.entry(run, from), Keys.number(run + 1))) {
			for (boolean found = entries.first(); found; found = entries.next()) {
				reader.accept(entries.value());
			}
		}
	}

	@Override
	public int journalLength(long run) {
		return JournalRemoval.length(this.keys, run);
	}

	@Override
	public byte @Nullable [] entry(long run, int sequence) {
		return this.keys.get(Keyspace.JOURNAL, RunKeys.entry(run, sequence));
	}

	@Override
	public byte @Nullable [] lastEntry(long run) {
		try (KeyCursor entries = this.keys.scan(Keyspace.JOURNAL, Keys.number(run), Keys.number(run + 1))) {
			return entries.last() ? entries.value() : null;
		}
	}

	@Override
	public RunSlice runs(RunFilter filter, long before, int limit) {
		try (LiveKeys snapshot = live(); RunListing listing = new RunListing(snapshot, filter, this.unreadable)) {
			return listing.page(before, limit);
		}
	}

	@Override
	public Map<String, StatusCounts> counts() {
		return this.counts.durable();
	}

	@Override
	public List<RunRow> oldest(WorkflowStatus status, long after, int limit) {
		byte[] prefix = RunKeys.status(status);
		return indexed(Keys.append(prefix, after + 1), Keys.after(prefix), limit);
	}

	@Override
	public List<RunRow> pending(String workflow, @Nullable RunRow after, int limit) {
		byte[] from = (after != null) ? Keys.next(RunKeys.pending(after)) : RunKeys.pending(workflow);
		return indexed(from, RunKeys.behindPending(workflow), limit);
	}

	/** Looks at the first of each, and skips the others. */
	@Override
	public List<String> workflowsWithPending() {
		List<String> names = new ArrayList<>();
		byte[] from = RunKeys.firstPending();
		while (true) {
			try (LiveKeys snapshot = live();
					KeyCursor pending = snapshot.scan(Keyspace.INDEX, from, RunKeys.behindAllPending())) {
				if (!pending.first()) {
					return names;
				}
				// The name in the key, not that in the row: only the key leads on for
				// sure.
				String name = Keys.firstString(pending.key());
				names.add(name);
				from = RunKeys.behindPending(name);
			}
		}
	}

	@Override
	public List<Timer> timers(@Nullable Timer after, int limit) {
		byte[] from = (after != null) ? Keys.next(RunKeys.timer(after)) : Keys.EMPTY;
		List<Timer> timers = new ArrayList<>();
		try (LiveKeys snapshot = live(); KeyCursor keys = snapshot.scan(Keyspace.TIMERS, from, null)) {
			for (boolean found = keys.first(); found && timers.size() < limit; found = keys.next()) {
				timers.add(RunKeys.timer(keys.key()));
			}
		}
		return timers;
	}

	@Override
	public List<RunRow> expired(@Nullable RunRow after, Instant now, int limit) {
		Instant expiredBefore = (after != null) ? after.expiresAt() : null;
		byte[] from = (after != null && expiredBefore != null) ? RunKeys.expiry(expiredBefore, after.number() + 1)
				: RunKeys.firstExpiry();
		return indexed(from, RunKeys.expiry(now, Long.MAX_VALUE), limit);
	}

	@Override
	public List<Message> messages(long run, long after) {
		return new MessageReader(this.keys).inbox(run, after);
	}

	@Override
	public void readMessages(long run, long after, MessageVisitor visitor) {
		new MessageReader(this.keys).inbox(run, after, visitor);
	}

	@Override
	public @Nullable Message message(long run, long sequence) {
		return new MessageReader(this.keys).message(run, sequence);
	}

	@Override
	public InboxSize inboxSize(long run) {
		return new MessageReader(this.keys).size(run);
	}

	@Override
	public List<Message> messagesSetAside(long run) {
		return new MessageReader(this.keys).setAside(run);
	}

	@Override
	public boolean knowsMessage(long run, String id) {
		return new MessageReader(this.keys).knows(run, id);
	}

	@Override
	public int knownMessages(long run, String prefix, int most) {
		return new MessageReader(this.keys).known(run, prefix, most);
	}

	@Override
	public Map<String, Integer> publishedSizes(long run) {
		return new MessageReader(this.keys).publishedSizes(run);
	}

	@Override
	public List<Long> runsWithMessages(long after, int limit) {
		return new MessageReader(this.keys).runs(after, limit);
	}

	@Override
	public @Nullable Payload published(long run, String key) {
		return new MessageReader(this.keys).published(run, key);
	}

	@Override
	public @Nullable Payload progress(long run, String step) {
		return new MessageReader(this.keys).progress(run, step);
	}

	@Override
	public Optional<ScheduleRow> schedule(String name) {
		byte[] row = this.keys.get(Keyspace.META, ScheduleRowCodec.key(name));
		return Optional.ofNullable(row).map((found) -> ScheduleRowCodec.decode(name, found));
	}

	@Override
	public List<String> pausedQueues() {
		return QueueKeys.pausedQueues(this.keys);
	}

	@Override
	public List<QueueAttempt> queueAttempts(String queue) {
		return QueueKeys.attempts(this.keys, queue);
	}

	@Override
	public Channels channels() {
		return this.channels;
	}

	@Override
	public Optional<AnsweredRequest> answeredRequest(String id) {
		return Optional.ofNullable(RequestKeys.read(this.keys, id));
	}

	@Override
	public List<AnsweredRequest> answeredRequests(@Nullable AnsweredRequest after, Instant before, int limit) {
		return RequestKeys.read(this.keys, after, before, limit);
	}

	@Override
	public CheckReport check(int keep) {
		return KvDoctor.check(this.keys, keep);
	}

	@Override
	public long backup(Path target, Duration timeout) {
		return this.keys.backup(target, timeout);
	}

	@Override
	public void close() {
		this.writing.lock();
		try {
			this.keys.close();
		}
		catch (StorageException ex) {
			// After a failed write, which was reported, there is nothing to sync.
			if (this.failure == null) {
				throw ex;
			}
		}
		finally {
			this.writing.unlock();
		}
	}

	/**
	 * The runs whose numbers end the keys within bounds, in the order of the keys.
	 */
	private List<RunRow> indexed(byte[] from, byte[] to, int limit) {
		List<RunRow> rows = new ArrayList<>();
		try (LiveKeys snapshot = live(); KeyCursor keys = snapshot.scan(Keyspace.INDEX, from, to)) {
			for (boolean found = keys.first(); found && rows.size() < limit; found = keys.next()) {
				RunRow row = this.unreadable.skip(Keys.lastNumber(keys.key()), (number) -> row(snapshot, number));
				if (row != null) {
					rows.add(row);
				}
			}
		}
		return rows;
	}

	private LiveKeys live() {
		return LiveKeys.of(this.keys, this.empty);
	}

	private long newest(byte[] prefix) {
		try (KeyCursor numbers = this.keys.scan(Keyspace.INDEX, prefix, Keys.after(prefix))) {
			return numbers.last() ? Keys.lastNumber(numbers.key()) : 0;
		}
	}

	private void write(KeyBatch batch, boolean sync) {
		if (this.failure != null) {
			throw new StorageException(StorageException.WRITE_FAILED, "no writes are accepted after a failed write. "
					+ "Restart when its cause is gone. See docs/reference/errors.md#kraft-4001", this.failure);
		}
		try {
			batch.write(sync);
		}
		catch (StorageException ex) {
			this.failure = ex;
			throw ex;
		}
	}

	private static @Nullable RunRow row(KeyReader keys, long number) {
		byte[] row = keys.get(Keyspace.RUNS, Keys.number(number));
		return (row != null) ? RunRowCodec.decode(number, row) : null;
	}

	private static long lastRun(OrderedKeys keys) {
		try (KeyCursor runs = keys.scan(Keyspace.RUNS, Keys.EMPTY, null)) {
			return runs.last() ? Keys.lastNumber(runs.key()) : 0;
		}
	}

}

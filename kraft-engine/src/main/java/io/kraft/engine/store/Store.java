package io.kraft.engine.store;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import io.kraft.client.WorkflowStatus;
import io.kraft.engine.journal.Payload;
import io.kraft.engine.store.check.CheckReport;

/**
 * Where the runs of one partition survive.
 * <p>
 * One thread commits; any thread reads, and sees whole commits only. A store that has
 * thrown {@link StorageException} from a commit must not be written again: what it holds
 * is decided by the next opening. A commit blocks its thread for as long as the medium
 * takes, and must not be called on a virtual thread.
 */
public interface Store extends AutoCloseable {

	/**
	 * The epoch of the present owner; 0 if there never was one.
	 */
	long epoch();

	/**
	 * Makes the caller the owner: durable when it returns, and from then on commits with
	 * another epoch are refused.
	 * @param epoch higher than {@link #epoch()}
	 * @throws StaleEpochException if it is not
	 */
	void claim(long epoch);

	/**
	 * Applies all changes in order, or none. Durable when it returns, unless the store
	 * was opened without sync.
	 * @param epoch of the caller's ownership
	 * @throws StaleEpochException if another owner has claimed the store; nothing is
	 * applied
	 * @throws StaleChangeException if a change of a run names another revision than the
	 * store holds; nothing is applied, and the store may be written again
	 * @throws ChannelOrderException if a row of another partition does not follow the
	 * last one that was taken; likewise
	 * @throws RepeatedRequestException if a request has had its effect already; likewise
	 * @throws StorageException if the medium failed; whether the changes survive is
	 * unknown until the store is opened again
	 */
	void commit(long epoch, List<Change> changes);

	/**
	 * The highest run number that was ever given, removed runs included; 0 if none.
	 */
	long highestRun();

	/**
	 * The latest creation of a run that was removed; {@link Instant#MIN} if none was, or
	 * by earlier builds only.
	 */
	Instant lastRemovedCreation();

	/**
	 * The run of an id: the newest one, where it was replaced.
	 */
	Optional<RunRow> run(String id);

	/**
	 * The run of a number.
	 */
	Optional<RunRow> run(long number);

	/**
	 * Streams the encoded entries of a journal, from a sequence on, in order.
	 * @param from 0 for the whole journal
	 */
	void journal(long run, int from, Consumer<byte[]> reader);

	/**
	 * How many entries a journal has.
	 */
	int journalLength(long run);

	/**
	 * One encoded entry of a journal; null if it has none of this sequence.
	 */
	byte @Nullable [] entry(long run, int sequence);

	/**
	 * The last encoded entry of a journal; null if it has none.
	 */
	byte @Nullable [] lastEntry(long run);

	/**
	 * Lists runs, newest first. The work is bounded: a page may hold fewer rows than
	 * requested although more follow.
	 * @param before only runs with a lower number; {@link Long#MAX_VALUE} for the first
	 * page
	 * @param limit most rows, at least 1
	 */
	RunSlice runs(RunFilter filter, long before, int limit);

	/**
	 * How many runs there are, by the workflow's name and by status; workflows without
	 * runs are left out. The cost does not depend on the number of runs.
	 */
	Map<String, StatusCounts> counts();

	/**
	 * The runs of a status in the order of their start.
	 * @param after only runs with a higher number
	 * @param limit most rows, at least 1
	 */
	List<RunRow> oldest(WorkflowStatus status, long after, int limit);

	/**
	 * The pending runs of a workflow: higher priority first, equals in the order of their
	 * start.
	 * @param after only those that come later in that order; null for the first
	 * @param limit most rows, at least 1
	 */
	List<RunRow> pending(String workflow, @Nullable RunRow after, int limit);

	/**
	 * The names of workflows that have pending runs.
	 */
	List<String> workflowsWithPending();

	/**
	 * The timers in due order.
	 * @param after only those that come later in the order; null for the first
	 * @param limit most timers, at least 1
	 */
	List<Timer> timers(@Nullable Timer after, int limit);

	/**
	 * Ended runs whose retention is over, the longest expired first.
	 * @param after only those that come later in that order, so that a search need not go
	 * over what was just removed; null for the first
	 * @param limit most rows, at least 1
	 */
	List<RunRow> expired(@Nullable RunRow after, Instant now, int limit);

	/**
	 * The whole messages in a run's inbox, in the order in which they were added, however
	 * much memory that takes.
	 * @param after only those with a higher sequence; 0 for all
	 */
	List<Message> messages(long run, long after);

	/**
	 * Streams the messages in a run's inbox, in the order in which they were added, until
	 * the visitor has seen enough. What large ones carry is not read: requests for the
	 * engine are always whole, and small.
	 * @param after only those with a higher sequence; 0 for all
	 */
	void readMessages(long run, long after, MessageVisitor visitor);

	/**
	 * A whole message in a run's inbox; null if it has none of this sequence.
	 */
	@Nullable Message message(long run, long sequence);

	/**
	 * How many messages are in a run's inbox, and how many bytes they take, about.
	 */
	InboxSize inboxSize(long run);

	/**
	 * The messages that were set aside when a run ended that may be retried, in the order
	 * in which they were added; large ones without what they carry.
	 */
	List<Message> messagesSetAside(long run);

	/**
	 * Whether a message with this id was ever added to the run's inbox.
	 */
	boolean knowsMessage(long run, String id);

	/**
	 * How many ids of messages are known that were ever added to the run's inbox.
	 * @param prefix with which they begin
	 * @param most where counting ends
	 */
	int knownMessages(long run, String prefix, int most);

	/**
	 * The numbers of runs with messages in their inbox, in rising order.
	 * @param after only higher numbers
	 * @param limit most numbers, at least 1
	 */
	List<Long> runsWithMessages(long after, int limit);

	/**
	 * The value that a run has published under a key; null if it has published none.
	 */
	@Nullable Payload published(long run, String key);

	/**
	 * How many bytes the values take that a run has published, by their keys.
	 */
	Map<String, Integer> publishedSizes(long run);

	/**
	 * The progress that a step of a run has reported last; null if it has reported none.
	 * @param step its place and name
	 */
	@Nullable Payload progress(long run, String step);

	/**
	 * The row of a schedule; empty if it never ran here.
	 */
	Optional<ScheduleRow> schedule(String name);

	/**
	 * The names of the queues that are paused, in order.
	 */
	List<String> pausedQueues();

	/**
	 * The attempts of a queue that are kept, the oldest first.
	 */
	List<QueueAttempt> queueAttempts(String queue);

	/**
	 * The channels to and from other partitions.
	 */
	Channels channels();

	/**
	 * The answer of a request that has had its effect; empty if it has not, or that was
	 * too long ago.
	 */
	Optional<AnsweredRequest> answeredRequest(String id);

	/**
	 * The requests that were answered before a time, the oldest first.
	 * @param after only those that come later in that order, so that a search need not go
	 * over what was just removed; null for the first
	 * @param limit most requests, at least 1
	 */
	List<AnsweredRequest> answeredRequests(@Nullable AnsweredRequest after, Instant before, int limit);

	/**
	 * Checks everything that the store holds against everything else, at one point in
	 * time. Takes as long as to read it all. Changes nothing, and throws nothing for
	 * damage, which it reports.
	 * @param keep most findings to keep; further ones are counted only
	 */
	CheckReport check(int keep);

	/**
	 * Makes a consistent copy of all that is committed before, while commits continue. It
	 * is durable when this returns, and can be opened as a store.
	 * @param target directory that does not exist or is empty
	 * @param timeout how long the caller waits at most; a copy that is not ready then is
	 * removed
	 * @throws io.kraft.client.BackupRefusedException if it is not begun, also because the
	 * medium cannot be copied; nothing is written
	 * @throws StorageException with {@link StorageException#BACKUP_FAILED} if it is not
	 * completed
	 * @return the bytes of its files
	 */
	long backup(Path target, Duration timeout);

	/**
	 * Releases the medium; later calls fail. Must not be called while a commit is under
	 * way.
	 */
	@Override
	void close();

}

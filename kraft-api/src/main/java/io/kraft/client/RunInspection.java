package io.kraft.client;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

import io.kraft.workflow.InvalidCallException;
import io.kraft.workflow.TypeRef;
import org.jspecify.annotations.Nullable;

/**
 * Finds runs, and reads and watches what becomes of them. Thread-safe. Changes nothing. A
 * null for an argument that is not declared to take one is an
 * {@link InvalidCallException}.
 *
 * @since 0.1.0
 */
public interface RunInspection {

	/**
	 * The durable signals and completions of callbacks that a run has not taken yet, in
	 * the order in which it takes them; none of a run that has ended.
	 * @throws WorkflowNotFoundException if the id is unknown
	 */
	List<MessageView> messages(String id);

	/**
	 * A handle for the id; never throws for an unknown one.
	 */
	WorkflowHandle<@Nullable Object> handle(String id);

	/**
	 * A handle for the id whose result is read as the given type.
	 */
	<R> WorkflowHandle<R> handle(String id, Class<R> type);

	/**
	 * As {@link #handle(String, Class)}, for a generic type.
	 */
	<R> WorkflowHandle<R> handle(String id, TypeRef<R> type);

	/**
	 * What is known of the run; empty if the id is unknown.
	 */
	Optional<WorkflowDescription> find(String id);

	/**
	 * Lists runs, newest first. The work is bounded whatever the number of runs.
	 * @throws IllegalArgumentException if the cursor is invalid
	 */
	Page<WorkflowDescription> list(WorkflowQuery query);

	/**
	 * The operations of a run as its journal holds them, in the order of their first
	 * entries.
	 * @throws WorkflowNotFoundException if the id is unknown
	 */
	List<OperationView> operations(String id);

	/**
	 * What an operator needs to know about a run.
	 * @throws WorkflowNotFoundException if the id is unknown
	 */
	WorkflowDetail inspect(String id);

	/**
	 * Checks whether runs that have not ended would continue with the code of this
	 * process: replays copies of their journals. No step is entered, nothing is written,
	 * and the runs are not touched; the code of their workflows is executed up to where
	 * each stands. Costs a read and a replay of each journal, and a read of each further
	 * row; the journals of some sixty runs are in memory at a time.
	 * @throws OverloadedException if another check is under way
	 * @throws BlockingCallException on a thread that must not block
	 */
	ReplayCheckReport checkReplay(ReplayCheckQuery query);

	/**
	 * What went wrong with a run, with its causes and its stack trace: what it has ended
	 * with, or the last failed attempt of what it does now. Reading it costs as much as
	 * reading the run's journal.
	 * @return empty if nothing went wrong, or the run has recovered from it
	 * @throws WorkflowNotFoundException if the id is unknown
	 */
	Optional<RunFailure> failure(String id);

	/**
	 * The entries of the run's journal as they were written, in order, by page. A run
	 * that is continued as new begins a fresh journal, whose sequences start again at 0.
	 * @return a page with a cursor if there are more entries now
	 * @throws WorkflowNotFoundException if the id is unknown
	 */
	Page<JournalEntryView> journal(String id, JournalQuery query);

	/**
	 * The whole journal of a run as a JSON text of the format {@code kraft-journal/1},
	 * which a test can replay against other code. Payloads are in it as they are, those
	 * that a codec has wrapped unwrapped: it may hold secrets.
	 * @throws WorkflowNotFoundException if the id is unknown
	 */
	String export(String id);

	/**
	 * Notifies a listener of what becomes durable about runs, in order, one event after
	 * another on a thread of the engine. A slow listener delays the others, and while
	 * some ten thousand events wait, the engine drops new ones. What a listener throws is
	 * logged.
	 */
	Subscription subscribe(Consumer<? super WorkflowEvent> listener);

	/**
	 * Notifies a listener when something becomes durable about one run: its journal has
	 * more entries, or its status changed. Several changes may be one notification. The
	 * listener is called on a thread of the engine.
	 * @throws WorkflowNotFoundException if the id is unknown
	 */
	Subscription watch(String id, Runnable listener);

}

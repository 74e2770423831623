package io.kraft.engine.routing;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

import io.kraft.client.InboxFullException;
import io.kraft.client.UnexpectedPayloadException;
import io.kraft.client.WorkflowEndedException;
import io.kraft.client.WorkflowNotFoundException;
import io.kraft.engine.journal.Outcome;
import io.kraft.engine.journal.Payload;
import io.kraft.engine.store.Message;
import io.kraft.engine.store.MessageVisitor;
import io.kraft.engine.store.RunFilter;
import org.jspecify.annotations.Nullable;

/**
 * What callers read of the runs of a partition. Journals are addressed by the number of
 * their run too, so that what is read piece by piece is of one run.
 */
public interface RunQueries {

	/**
	 * A run; empty if the id is unknown.
	 */
	Optional<RunView> find(Call call, String id);

	/**
	 * A run.
	 * @throws WorkflowNotFoundException if the id is unknown
	 */
	RunView run(Call call, String id);

	/**
	 * Runs with numbers below a bound.
	 * @param before more than 0
	 */
	RunViews runs(Call call, RunFilter filter, long before, int limit);

	/**
	 * Encoded entries of a journal: at least one if there is one, and no more than a
	 * number of them, or of their bytes. Fewer than both bounds allow are the last ones.
	 * @param from sequence of the first one
	 */
	List<byte[]> entries(Call call, StartedRun run, int from, int limit, long maxBytes);

	/**
	 * Streams the encoded entries of a whole journal.
	 */
	void journal(Call call, StartedRun run, Consumer<byte[]> reader);

	/**
	 * The last entry of a journal; null if it has none.
	 */
	byte @Nullable [] lastEntry(Call call, StartedRun run);

	/**
	 * How many entries a journal has.
	 */
	int journalLength(Call call, StartedRun run);

	/**
	 * Streams the signals and completions that a run has not taken, durably, in the order
	 * in which it takes them.
	 * @throws WorkflowNotFoundException if the id is unknown
	 */
	void messages(Call call, String id, MessageVisitor visitor);

	/**
	 * A message with what it carries; null if it is not there.
	 */
	@Nullable Message message(Call call, StartedRun run, long number);

	/**
	 * Returns if a signal would be taken at this moment.
	 * @throws WorkflowNotFoundException if the id is unknown
	 * @throws WorkflowEndedException if the run has ended
	 * @throws InboxFullException if the run's inbox is full
	 * @throws UnexpectedPayloadException if the run waits for another payload now
	 */
	void checkTakesSignal(Call call, String id, String name, Outcome outcome);

	/**
	 * The value that a run has published; null if there is none.
	 * @throws WorkflowNotFoundException if the id is unknown
	 */
	@Nullable Payload published(Call call, String id, String key);

}

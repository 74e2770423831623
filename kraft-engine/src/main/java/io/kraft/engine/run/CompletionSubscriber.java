package io.kraft.engine.run;

import io.kraft.engine.journal.Position;
import io.kraft.engine.store.Requester;
import org.jspecify.annotations.Nullable;

/**
 * A subscriber to a run's end: another run, at one of its operations.
 *
 * @param run number of the run, in its own partition
 * @param id of the run, if it is in another partition; null if it is in that of the run
 * that it watches
 */
public record CompletionSubscriber(long run, String position, @Nullable String id) {

	/**
	 * A run in the same partition.
	 */
	public CompletionSubscriber(long run, String position) {
		this(run, position, null);
	}

	/**
	 * An operation of a run in the same partition.
	 */
	public static CompletionSubscriber of(LoadedRun run, Position position) {
		return new CompletionSubscriber(run.number(), run.place(position));
	}

	/**
	 * An operation of a run in another partition.
	 */
	public static CompletionSubscriber of(Requester requester) {
		return new CompletionSubscriber(requester.run(), requester.position(), requester.id());
	}

	/**
	 * The subscriber that a message names.
	 */
	public static CompletionSubscriber parse(String name) {
		if (Requester.isName(name)) {
			return of(Requester.parse(name));
		}
		int slash = name.indexOf('/');
		return new CompletionSubscriber(Long.parseLong(name.substring(0, slash)), name.substring(slash + 1));
	}

	/**
	 * The run in another partition; null if it is in the same one.
	 */
	public @Nullable Requester requester() {
		return (this.id != null) ? new Requester(this.id, this.run, this.position) : null;
	}

	/**
	 * How a message names it.
	 */
	public String name() {
		Requester requester = requester();
		return (requester != null) ? requester.name() : this.run + "/" + this.position;
	}

}

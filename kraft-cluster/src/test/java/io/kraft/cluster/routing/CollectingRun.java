package io.kraft.cluster.routing;

import java.util.Collection;
import java.util.List;

/**
 * What a run of "collect" is for its clients: the model of linearizability.
 *
 * @param exists whether a run has the id
 * @param collected the signals that were accepted before the last one
 * @param hasEnd whether the last one was accepted, so that it ends soon
 */
record CollectingRun(boolean exists, String collected, boolean hasEnd) {

	static final CollectingRun NONE = new CollectingRun(false, "", false);

	/**
	 * What follows when an operation has its answer now; nothing if it cannot have it.
	 */
	Collection<CollectingRun> next(Op op) {
		return switch (op.kind + " " + op.answer) {
			case "start ok" -> this.exists ? List.of() : List.of(new CollectingRun(true, "", false));
			case "start KRAFT-3002" -> only(this.exists);
			case "signal ok" -> !this.exists ? List.of() : this.hasEnd ? List.of(this) : List.of(with(op.value));
			case "signal KRAFT-3001", "delete KRAFT-3001", "find absent" -> only(!this.exists);
			case "signal KRAFT-3003", "delete ok" ->
				!this.exists || !this.hasEnd ? List.of() : List.of(op.kind.equals("delete") ? NONE : this);
			// It may not have come to its end yet.
			case "delete KRAFT-3008", "find present" -> only(this.exists);
			default -> op.kind.equals("result") ? result(op.answer) : List.of();
		};
	}

	private Collection<CollectingRun> result(String answer) {
		return answer.equals("KRAFT-3001") ? List.of(this)
				: only(this.exists && this.hasEnd && this.collected.equals(answer));
	}

	private CollectingRun with(String signal) {
		return signal.equals("end") ? new CollectingRun(true, this.collected, true)
				: new CollectingRun(true, this.collected + signal + " ", false);
	}

	private List<CollectingRun> only(boolean condition) {
		return condition ? List.of(this) : List.of();
	}

	/**
	 * What a client has called.
	 *
	 * @param answer "ok", a value, or the code of an error
	 */
	record Op(String kind, String value, String answer) {

	}

}

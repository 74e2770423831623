package io.kraft.cluster.routing;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * Decides whether a history of one object is linearizable: whether there is an order of
 * its operations in which each takes effect between its call and its answer, and each
 * answer is one that the object may give then. The search of Wing and Gong ("Testing and
 * Verifying Concurrent Objects", 1993), which remembers what it has tried as Lowe's does:
 * the same set of operations done, with the same state, is looked at once. Objects are
 * checked one by one, since linearizability is local.
 *
 * @param <S> state of the object, compared by equals
 * @param <O> operation with its answer
 */
final class Linearizability<S, O> {

	private final S initial;

	private final BiFunction<S, O, Collection<S>> model;

	/**
	 * A checker of an object.
	 * @param model which states may follow when the operation takes effect in a state and
	 * has its answer; none if it cannot have that
	 */
	Linearizability(S initial, BiFunction<S, O, Collection<S>> model) {
		this.initial = initial;
		this.model = model;
	}

	/**
	 * What is wrong with a history; empty if it is linearizable.
	 */
	Optional<String> violation(List<Operation<O>> history) {
		return new Search(history).run();
	}

	/**
	 * An operation.
	 *
	 * @param called rises over all operations, with answers
	 * @param answered null if there was no answer: it may take effect later, or never
	 */
	record Operation<O>(O operation, long called, @Nullable Long answered) {

		boolean isBefore(Operation<O> other) {
			return this.answered != null && this.answered < other.called;
		}

	}

	private final class Search {

		private final List<Operation<O>> history;

		private final Set<Configuration<S>> tried = new HashSet<>();

		private int deepest = -1;

		private @Nullable Configuration<S> last;

		Search(List<Operation<O>> history) {
			this.history = history;
		}

		Optional<String> run() {
			List<Configuration<S>> open = new ArrayList<>();
			open.add(new Configuration<>(new BitSet(), Linearizability.this.initial));
			while (!open.isEmpty()) {
				Configuration<S> next = open.removeLast();
				if (!this.tried.add(next)) {
					continue;
				}
				if (isComplete(next.done)) {
					return Optional.empty();
				}
				note(next);
				expand(next, open);
			}
			return Optional.of(describe());
		}

		private boolean isComplete(BitSet done) {
			for (int i = 0; i < this.history.size(); i++) {
				if (!done.get(i) && this.history.get(i).answered() != null) {
					return false;
				}
			}
			return true;
		}

		private void note(Configuration<S> configuration) {
			if (configuration.done.cardinality() > this.deepest) {
				this.deepest = configuration.done.cardinality();
				this.last = configuration;
			}
		}

		private void expand(Configuration<S> from, List<Configuration<S>> open) {
			for (int i = 0; i < this.history.size(); i++) {
				if (!from.done.get(i) && isMinimal(i, from.done)) {
					BitSet done = (BitSet) from.done.clone();
					done.set(i);
					Linearizability.this.model.apply(from.state, this.history.get(i).operation())
						.forEach((state) -> open.add(new Configuration<>(done, state)));
				}
			}
		}

		/** No other one that is not done was answered before it was called. */
		private boolean isMinimal(int candidate, BitSet done) {
			Operation<O> operation = this.history.get(candidate);
			for (int i = 0; i < this.history.size(); i++) {
				if (i != candidate && !done.get(i) && this.history.get(i).isBefore(operation)) {
					return false;
				}
			}
			return true;
		}

		private String describe() {
			Configuration<S> longest = this.last;
			BitSet done = (longest != null) ? longest.done : new BitSet();
			List<Operation<O>> rest = new ArrayList<>();
			for (int i = 0; i < this.history.size(); i++) {
				if (!done.get(i)) {
					rest.add(this.history.get(i));
				}
			}
			return "no order explains the answers. The longest one ends with the state "
					+ ((longest != null) ? longest.state : "?") + ", before:\n"
					+ rest.stream().map(Object::toString).collect(Collectors.joining("\n")) + "\nof:\n"
					+ this.history.stream().map(Object::toString).collect(Collectors.joining("\n"));
		}

	}

	private record Configuration<S>(BitSet done, S state) {

	}

}

package io.kraft.engine.operation;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.kraft.engine.journal.JournalEntry.OperationBegun;
import io.kraft.engine.journal.JournalEntry.WaitEnded;
import io.kraft.engine.journal.OperationKind;
import io.kraft.engine.journal.Outcome;
import io.kraft.engine.run.Branch;
import io.kraft.engine.run.Branch.Operation;
import io.kraft.engine.run.Divergence;
import io.kraft.engine.run.WaitCondition.MessageKey;
import io.kraft.engine.store.Message;
import io.kraft.workflow.InvalidCallException;
import org.jspecify.annotations.Nullable;

/**
 * Several futures as one. Which of its parts decided is recorded when it does: a replay
 * waits for the same one, whichever is first there.
 * <p>
 * Crash before that is durable: nothing has come of it yet, and another may decide.
 */
final class CombinedFuture<T extends @Nullable Object> extends RunFuture<T> {

	/** In place of the index of a part: all have decided together. */
	private static final int ALL = -1;

	private static final int UNKNOWN = -2;

	private final ReentrantLock lock = new ReentrantLock();

	private final Rule rule;

	private final List<RunFuture<?>> parts;

	private final Operation operation;

	private final int recorded;

	private boolean decided;

	private CombinedFuture(Branch branch, Rule rule, List<RunFuture<?>> parts) {
		super(branch.run());
		this.rule = rule;
		this.parts = parts;
		this.operation = branch.begin(rule.kind, "");
		noteBegun();
		this.recorded = recordedDecision(branch);
		if (this.recorded >= parts.size()) {
			throw branch.run()
				.continuation()
				.pause(Divergence.inSize(branch.run().id(), Objects.requireNonNull(this.operation.recorded()),
						parts.size()));
		}
	}

	/**
	 * Combines futures of the branch's run.
	 */
	static <T extends @Nullable Object> CombinedFuture<T> of(Branch branch, Rule rule, List<?> futures) {
		List<RunFuture<?>> parts = futures.stream().<RunFuture<?>>map((future) -> part(branch, future)).toList();
		if (parts.isEmpty() && rule != Rule.ALL_OF) {
			throw new InvalidCallException("run '" + branch.run().id() + "' asked for the first of no futures, which "
					+ "would never come. Give at least one. See docs/reference/errors.md#kraft-1008");
		}
		CombinedFuture<T> combined = new CombinedFuture<>(branch, rule, parts);
		parts.forEach((part) -> part.whenComplete(combined::look));
		combined.look();
		return combined;
	}

	@SuppressWarnings("ReferenceEquality") // The very run in memory.
	private static RunFuture<?> part(Branch branch, Object future) {
		if (future instanceof RunFuture<?> part && part.run() == branch.run()) {
			return part;
		}
		throw new InvalidCallException("run '" + branch.run().id() + "' combines a future of another run. A future "
				+ "belongs to the run that opened it. See docs/reference/errors.md#kraft-1008");
	}

	/**
	 * A run that is loaded to be cancelled is not cancelled here, ahead of what its code
	 * has done since.
	 */
	private void noteBegun() {
		if (this.operation.recorded() == null) {
			run().journal()
				.note(new OperationBegun(this.operation.position(), this.rule.kind, "", run().environment().now()));
		}
	}

	private int recordedDecision(Branch branch) {
		if (this.operation.completedBy() instanceof WaitEnded ended
				&& ended.outcome() instanceof Outcome.Success(var value)
				&& branch.run().values().read(value, Integer.class, "the decision") instanceof Integer decision) {
			return decision;
		}
		return UNKNOWN;
	}

	private void look() {
		Integer decision;
		this.lock.lock();
		try {
			decision = this.decided ? null : decision();
			if (decision == null) {
				joinLate();
				return;
			}
			this.decided = true;
			if (this.recorded == UNKNOWN) {
				record(decision);
			}
		}
		finally {
			this.lock.unlock();
		}
		Result result = (decision == ALL) ? ofAll() : this.parts.get(decision).result();
		if (this.rule == Rule.ALL_OF && decision != ALL) {
			cancelIfOpen();
		}
		complete(Objects.requireNonNull(result));
	}

	/** A part that fails after another one has decided ends the run just the same. */
	private void joinLate() {
		if (this.rule == Rule.ALL_OF && result() instanceof Result.Thrown(Throwable failure)) {
			run().failures().join(failure, failures());
		}
	}

	/**
	 * Which part decides; null if none does yet. Looks at each part once: one that
	 * completes between two looks would be done, and not have been seen to fail.
	 */
	private @Nullable Integer decision() {
		List<@Nullable Result> results = new ArrayList<>(this.parts.size());
		this.parts.forEach((part) -> results.add(part.result()));
		boolean areAllDone = results.stream().allMatch(Objects::nonNull);
		if (this.recorded == ALL) {
			return areAllDone ? ALL : null;
		}
		if (this.recorded != UNKNOWN) {
			return (results.get(this.recorded) != null) ? this.recorded : null;
		}
		int first = IntStream.range(0, results.size())
			.filter((index) -> this.rule.isDecidedBy(results.get(index)))
			.findFirst()
			.orElse(ALL);
		return (first != ALL || areAllDone) ? Integer.valueOf(first) : null;
	}

	private void record(int decision) {
		run().journal()
			.note(new WaitEnded(this.operation.position(), this.rule.kind, "",
					new Outcome.Success(run().environment().payloads().write(decision, Integer.class, "the decision")),
					run().environment().now()));
	}

	/** Of all values, or, where all have failed, the first failure. */
	private Result ofAll() {
		if (this.rule == Rule.ALL_OF) {
			return new Result.Value(this.parts.stream()
				.<@Nullable Object>map(RunFuture::value)
				.collect(Collectors.toCollection(ArrayList::new)));
		}
		return Objects.requireNonNull(this.parts.getFirst().result());
	}

	@Override
	List<Throwable> failures() {
		return (result() instanceof Result.Thrown)
				? this.parts.stream().flatMap((part) -> part.failures().stream()).toList() : List.of();
	}

	@Override
	String description() {
		return this.rule.kind.label() + " of " + this.parts.size() + " futures";
	}

	@Override
	@Nullable MessageKey message() {
		boolean hasChildren = this.parts.stream().anyMatch((part) -> part.message() != null);
		return hasChildren ? new MessageKey(Message.Kind.CHILD_ENDED, null) : null;
	}

	@Override
	public Stream<Child> openChildren() {
		return this.parts.stream().flatMap(RunFuture::openChildren);
	}

	@Override
	void cancelIfOpen() {
		this.parts.stream().filter((part) -> !part.isDone()).forEach(RunFuture::cancelIfOpen);
	}

	@Override
	void cancelChildren() {
		this.parts.stream().filter((part) -> !part.isDone()).forEach(RunFuture::cancelChildren);
	}

	/**
	 * What decides.
	 */
	enum Rule {

		/** All values, or a failure. */
		ALL_OF(OperationKind.ALL_OF),

		/** Whatever comes first. */
		ANY_OF(OperationKind.ANY_OF),

		/** The first value, or all failures. */
		FIRST_SUCCESS(OperationKind.FIRST_SUCCESS);

		private final OperationKind kind;

		Rule(OperationKind kind) {
			this.kind = kind;
		}

		private boolean isDecidedBy(RunFuture.@Nullable Result result) {
			return switch (this) {
				case ALL_OF -> result instanceof RunFuture.Result.Thrown;
				case ANY_OF -> result != null;
				case FIRST_SUCCESS -> result instanceof RunFuture.Result.Value;
			};
		}

	}

}

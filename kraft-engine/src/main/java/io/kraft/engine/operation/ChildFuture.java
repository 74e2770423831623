package io.kraft.engine.operation;

import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

import io.kraft.engine.definition.WorkflowDefinition;
import io.kraft.engine.journal.Failure;
import io.kraft.engine.journal.JournalEntry.WaitEnded;
import io.kraft.engine.journal.OperationKind;
import io.kraft.engine.journal.Outcome;
import io.kraft.engine.journal.Payload;
import io.kraft.engine.journal.Position;
import io.kraft.engine.journal.failure.Failures;
import io.kraft.engine.run.Branch;
import io.kraft.engine.run.ChildStarts;
import io.kraft.engine.run.WaitCondition.MessageKey;
import io.kraft.engine.store.Change;
import io.kraft.engine.store.Message;
import io.kraft.workflow.WorkflowFailedException;
import org.jspecify.annotations.Nullable;

/**
 * What a child run will come to. Its end comes as a message, which is taken in the commit
 * that records it.
 */
final class ChildFuture<T extends @Nullable Object> extends RunFuture<T> {

	private final ChildStarts children;

	private final Position position;

	private final WorkflowDefinition workflow;

	private final String childId;

	private final AtomicBoolean recorded = new AtomicBoolean();

	ChildFuture(Branch branch, Position position, WorkflowDefinition workflow, String childId) {
		super(branch.run());
		this.children = branch.children();
		this.position = position;
		this.workflow = workflow;
		this.childId = childId;
	}

	/**
	 * Completes when the message comes.
	 */
	void expectMessage() {
		run().childResults().expect(run().place(this.position), this::take);
	}

	private void take(Message message) {
		record(message.outcome(), new Change.MessageTaken(message.run(), message.sequence()));
	}

	/**
	 * Records how the child has ended, and completes with that. Once: a replay that has
	 * seen the end of the child itself may get the message too.
	 */
	void record(Outcome outcome, Change... changes) {
		if (!this.recorded.compareAndSet(false, true)) {
			run().journal().note(changes);
			return;
		}
		// Once this is durable nothing else would load the run.
		run().parking().noteRunning();
		run().journal()
			.note(new WaitEnded(this.position, OperationKind.CHILD, this.workflow.name(), outcome,
					run().environment().now()), changes);
		complete(outcome);
	}

	/**
	 * Completes with what is recorded.
	 */
	void complete(Outcome outcome) {
		complete(switch (outcome) {
			case Outcome.Success(Payload value) -> new Result.Value(run().values()
				.read(value, this.workflow.signature().resultType(), "the result of child '" + this.childId + "'"));
			case Outcome.Failed(Failure failure) -> {
				Throwable restored = restored(failure);
				run().failures().beginChild(restored, this.position);
				yield new Result.Thrown(restored);
			}
		});
	}

	/** As a direct call of the child's workflow does. */
	private Throwable restored(Failure failure) {
		Throwable own = Failures.restore(failure, this.workflow.signature(), Map.of("runId", this.childId));
		if (own.getClass().getName().equals(failure.type())) {
			return own;
		}
		// Not "run": a replay makes it anew for code that may have kept the text.
		return new WorkflowFailedException("workflow '" + this.childId + "' (" + this.workflow.name() + ") failed with "
				+ failure.summary() + ". See docs/reference/errors.md#kraft-2005", own, this.childId);
	}

	@Override
	String description() {
		return "child '" + this.childId + "'";
	}

	@Override
	MessageKey message() {
		return new MessageKey(Message.Kind.CHILD_ENDED, run().place(this.position));
	}

	@Override
	public Stream<Child> openChildren() {
		return isDone() ? Stream.empty() : Stream.of(new Child(this.childId, this.workflow.name()));
	}

	@Override
	void cancelIfOpen() {
		if (!isDone()) {
			// It is known to the store, and nothing else may get ahead of the record.
			run().continuation().awaitDurable();
			this.children.cancel(this.position, this.childId);
		}
	}

	@Override
	void cancelChildren() {
		cancelIfOpen();
	}

}

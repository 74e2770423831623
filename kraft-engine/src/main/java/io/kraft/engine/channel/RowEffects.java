package io.kraft.engine.channel;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

import io.kraft.client.IfExists;
import io.kraft.client.WorkflowEndedException;
import io.kraft.engine.definition.WorkflowDefinition;
import io.kraft.engine.execution.Execution;
import io.kraft.engine.journal.Outcome;
import io.kraft.engine.journal.Payload;
import io.kraft.engine.journal.failure.Failures;
import io.kraft.engine.ledger.RunRecord;
import io.kraft.engine.lifecycle.StartInFlight;
import io.kraft.engine.lifecycle.StartRequest;
import io.kraft.engine.partition.Commit;
import io.kraft.engine.routing.Completion;
import io.kraft.engine.routing.StartCommand;
import io.kraft.engine.routing.StartedRun;
import io.kraft.engine.run.CompletionSubscriber;
import io.kraft.engine.run.MessageDelivery;
import io.kraft.engine.run.RunClaims;
import io.kraft.engine.store.Change;
import io.kraft.engine.store.Message;
import io.kraft.engine.store.OutboxEntry;
import io.kraft.engine.store.OutboxRow;
import io.kraft.engine.store.Requester;
import io.kraft.engine.store.RunRow;
import io.kraft.engine.store.RunStart;
import io.kraft.engine.supervision.Futures;
import io.kraft.workflow.KraftException;
import org.jspecify.annotations.Nullable;

/**
 * What the rows of another partition do in this one: each its effect and the mark that it
 * was taken, in one commit.
 */
final class RowEffects {

	private static final Outcome NOTHING = new Outcome.Success(Payload.NULL);

	private final int source;

	private final Execution execution;

	private final MessageDelivery delivery;

	RowEffects(int source, Execution execution) {
		this.source = source;
		this.execution = execution;
		this.delivery = execution.delivery();
	}

	/**
	 * Submits the effect of a row.
	 * @param earlier finishes all effects before it, so that this one may wait for others
	 * @throws KraftException if nothing was submitted
	 */
	Effect apply(OutboxEntry entry, Runnable earlier) {
		Change mark = mark(entry);
		return switch (entry.row()) {
			case OutboxRow.Signal signal -> handOver(signal, (record) -> true, Message.Kind.SIGNAL, signal.name(),
					new Outcome.Success(signal.value()), mark);
			case OutboxRow.Cancel cancel ->
				handOver(cancel, (record) -> isChild(record, cancel.parent()), Message.Kind.CANCEL, "", NOTHING, mark);
			case OutboxRow.ChildEnded ended -> handOver(ended, (record) -> record.run() == ended.parent().run(),
					Message.Kind.CHILD_ENDED, ended.parent().position(), ended.outcome(), mark);
			case OutboxRow.Start start -> {
				earlier.run();
				this.execution.start(request(start, start.run(), IfExists.ATTACH), List.of(mark));
				yield Effect.DONE;
			}
			case OutboxRow.StartChild start -> startChild(start, entry, mark, earlier);
			case OutboxRow.Watch watch -> watch(watch.to(), watch.workflow(), watch.parent(), entry, mark);
		};
	}

	private Effect handOver(OutboxRow row, Predicate<RunRecord> meant, Message.Kind kind, String name, Outcome outcome,
			Change mark) {
		MessageDelivery.HandedOver handed = this.delivery.handOver(row.to(), meant, kind, name, outcome, mark);
		return finished(handed.commit(), handed.message());
	}

	private boolean isChild(RunRecord record, Requester parent) {
		return this.delivery.isWatched(record.run(), CompletionSubscriber.of(parent));
	}

	private Effect startChild(OutboxRow.StartChild start, OutboxEntry entry, Change mark, Runnable earlier) {
		StartRequest request = request(start, start.run(), IfExists.FAIL);
		while (true) {
			StartInFlight submitted = submitChild(start, request, mark, earlier);
			if (submitted != null) {
				return Effect.of(submitted::isOver, submitted::finish);
			}
			RunRow existing = this.execution.store().run(start.to()).orElse(null);
			if (existing != null) {
				if (!start.isChosen() || !existing.name().equals(start.run().workflow())) {
					request.checkAgainst(existing);
				}
				return watch(start.to(), start.run().workflow(), start.parent(), entry, mark);
			}
		}
	}

	private @Nullable StartInFlight submitChild(OutboxRow.StartChild start, StartRequest request, Change mark,
			Runnable earlier) {
		RunClaims.Claim claim = claim(start.to(), earlier);
		StartInFlight submitted = null;
		try {
			submitted = this.execution.submitChild(request, start.parent(), List.of(mark), claim);
			return submitted;
		}
		finally {
			if (submitted == null) {
				claim.close();
			}
		}
	}

	/** Other threads that have claims must not wait for each other. */
	private RunClaims.Claim claim(String id, Runnable earlier) {
		RunClaims.Claim claim = this.execution.claims().tryClaim(id);
		if (claim == null) {
			earlier.run();
			claim = this.execution.claims().claim(id);
		}
		return claim;
	}

	private StartRequest request(OutboxRow row, RunStart run, IfExists ifExists) {
		WorkflowDefinition workflow = this.execution.node()
			.definitions()
			.find(run.workflow(), run.version(), run.step())
			.orElseGet(() -> this.execution.node().definitions().latest(run.workflow(), run.step()));
		return new StartRequest(workflow, StartCommand.of(workflow, run.arguments(), row.to(), run.timeout(),
				delayLeft(row, run), run.priority(), run.tags(), ifExists, run.trace(), null));
	}

	/** It counts from the request, however long that was on its way. */
	private Duration delayLeft(OutboxRow row, RunStart run) {
		Duration passed = Duration.between(row.at(), this.execution.now());
		Duration left = passed.isNegative() ? run.delay() : run.delay().minus(passed);
		return left.isNegative() ? Duration.ZERO : left;
	}

	/**
	 * One that has ended is answered with its outcome.
	 * @param workflow of the run that is meant; null if any is
	 * @throws KraftException if there is no such run
	 */
	private Effect watch(String id, @Nullable String workflow, Requester parent, OutboxEntry entry, Change mark) {
		while (true) {
			try {
				MessageDelivery.HandedOver handed = this.delivery.handOver(id, (record) -> isOf(record.row(), workflow),
						Message.Kind.WATCH, parent.name(), NOTHING, mark);
				return finished(handed.commit(), null);
			}
			catch (WorkflowEndedException ex) {
				Completion ended = ended(id, workflow);
				if (ended != null) {
					return answer(entry, parent, id, ended.row().number(), ended.outcome());
				}
			}
		}
	}

	private static boolean isOf(@Nullable RunRow row, @Nullable String workflow) {
		return workflow == null || (row != null && row.name().equals(workflow));
	}

	/** Null if it is no more, or is retried just now. */
	private @Nullable Completion ended(String id, @Nullable String workflow) {
		RunRow row = this.delivery.target(id);
		if (!isOf(row, workflow)) {
			return null;
		}
		CompletableFuture<Completion> completion = this.execution.completions().of(new StartedRun(id, row.number()));
		try {
			return completion.isDone() ? Futures.join(completion) : null;
		}
		finally {
			completion.cancel(false);
		}
	}

	/**
	 * Notifies the run that asked for it of a failure.
	 */
	Effect answer(OutboxEntry entry, KraftException failure) {
		Outcome outcome = new Outcome.Failed(Failures.record(failure));
		return switch (entry.row()) {
			case OutboxRow.StartChild start -> answer(entry, start.parent(), start.to(), null, outcome);
			case OutboxRow.Watch watch -> answer(entry, watch.parent(), watch.to(), null, outcome);
			case OutboxRow.Signal row -> drop(entry);
			case OutboxRow.Start row -> drop(entry);
			case OutboxRow.Cancel row -> drop(entry);
			case OutboxRow.ChildEnded row -> drop(entry);
		};
	}

	private Effect answer(OutboxEntry entry, Requester parent, String child, @Nullable Long run, Outcome outcome) {
		return submit(List.of(new Change.OutboxAdded(this.source, ended(parent, child, run, outcome)), mark(entry)));
	}

	private OutboxRow ended(Requester parent, String child, @Nullable Long run, Outcome outcome) {
		return new OutboxRow.ChildEnded(this.execution.nextRequestId(), parent, child, run, outcome,
				this.execution.now());
	}

	/**
	 * A row without an effect.
	 */
	Effect drop(OutboxEntry entry) {
		return submit(List.of(mark(entry)));
	}

	private Effect submit(List<Change> changes) {
		return finished(this.execution.submit(changes), null);
	}

	private Change mark(OutboxEntry entry) {
		return new Change.ChannelTaken(this.source, entry.sequence());
	}

	private Effect finished(Commit commit, @Nullable Message message) {
		return Effect.of(commit::isOver, () -> {
			commit.awaitOver();
			if (message != null && commit.isDurable()) {
				this.delivery.wake(message);
			}
		});
	}

	/**
	 * An effect on its way to the disk.
	 */
	interface Effect {

		/** Durable already. */
		Effect DONE = of(() -> true, () -> {
		});

		static Effect of(BooleanSupplier isOver, Runnable finish) {
			return new Effect() {

				@Override
				public boolean isOver() {
					return isOver.getAsBoolean();
				}

				@Override
				public void finish() {
					finish.run();
				}

			};
		}

		/**
		 * Whether it is decided whether it is durable.
		 */
		boolean isOver();

		/**
		 * Waits until it is decided whether it is durable, and lets its run know of it if
		 * it is. To be called once.
		 */
		void finish();

	}

}

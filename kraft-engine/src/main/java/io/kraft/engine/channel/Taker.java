package io.kraft.engine.channel;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

import io.kraft.engine.execution.Execution;
import io.kraft.engine.message.channel.ChannelReceiver;
import io.kraft.engine.message.channel.ChannelReceiver.Reaction;
import io.kraft.engine.message.channel.Submission;
import io.kraft.engine.store.OutboxEntry;
import io.kraft.workflow.KraftException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the rows of one other partition. Thread-safe.
 */
final class Taker {

	private static final Logger logger = LoggerFactory.getLogger(Incoming.class);

	private final int source;

	private final Execution execution;

	private final RowEffects effects;

	private final ChannelReceiver receiver;

	private final ReentrantLock lock = new ReentrantLock();

	Taker(int source, Execution execution) {
		this.source = source;
		this.execution = execution;
		this.effects = new RowEffects(source, execution);
		this.receiver = new ChannelReceiver(source, durable());
	}

	/**
	 * Takes a batch.
	 * @return sequence of the last row that was taken, durably
	 */
	long take(List<OutboxEntry> batch) {
		this.lock.lock();
		List<RowEffects.Effect> submitted = new ArrayList<>();
		try {
			submit(batch, submitted);
			submitted.forEach(this.effects::await);
			return durable();
		}
		finally {
			// After a failure the store says what is taken.
			submitted.forEach(RowEffects.Effect::awaitOver);
			this.receiver.restart(durable());
			this.lock.unlock();
		}
	}

	private void submit(List<OutboxEntry> batch, List<RowEffects.Effect> submitted) {
		for (OutboxEntry entry : this.receiver.accept(batch)) {
			KraftException failure = null;
			try {
				submitted.add(this.effects.apply(entry));
			}
			catch (KraftException ex) {
				failure = ex;
			}
			Submission submission = (failure != null) ? Submission.of(failure) : Submission.SUBMITTED;
			Reaction reaction = this.receiver.after(entry, submission);
			if (failure != null) {
				if (reaction == Reaction.END_BATCH) {
					return;
				}
				if (reaction == Reaction.STOP) {
					throw failure;
				}
				submitted.add(refuse(entry, reaction, failure));
				this.receiver.after(entry, Submission.SUBMITTED);
			}
		}
	}

	private RowEffects.Effect refuse(OutboxEntry entry, Reaction reaction, KraftException failure) {
		if (reaction == Reaction.ANSWER) {
			return this.effects.answer(entry, failure);
		}
		logger.warn("What partition {} asked of run '{}' ({}) has no effect: {}", this.source, entry.row().to(),
				entry.row().getClass().getSimpleName(), failure.getMessage());
		return this.effects.drop(entry);
	}

	private long durable() {
		return this.execution.store().channels().taken(this.source);
	}

}

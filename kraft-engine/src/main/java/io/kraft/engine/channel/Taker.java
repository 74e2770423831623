package io.kraft.engine.channel;

import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

import io.kraft.client.OverloadedException;
import io.kraft.engine.execution.Execution;
import io.kraft.engine.message.channel.ChannelReceiver;
import io.kraft.engine.message.channel.ChannelReceiver.Reaction;
import io.kraft.engine.message.channel.Submission;
import io.kraft.engine.store.OutboxEntry;
import io.kraft.workflow.KraftException;
import org.jspecify.annotations.Nullable;
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
		try {
			EffectsInFlight inFlight = new EffectsInFlight();
			try {
				submit(batch, inFlight);
			}
			finally {
				// What is durable is never sent again, whatever became of the rows
				// behind.
				inFlight.finish();
			}
			return durable();
		}
		finally {
			// After a failure the store says what is taken.
			this.receiver.restart(durable());
			this.lock.unlock();
		}
	}

	private void submit(List<OutboxEntry> batch, EffectsInFlight inFlight) {
		for (OutboxEntry entry : this.receiver.accept(batch)) {
			inFlight.finishOver();
			inFlight.finishBefore(entry.row());
			RowEffects.Effect effect = submit(entry, inFlight);
			if (effect == null) {
				return;
			}
			inFlight.add(entry.row(), effect);
			this.receiver.after(entry, Submission.SUBMITTED);
		}
	}

	/** Null if there is no room now. */
	private RowEffects.@Nullable Effect submit(OutboxEntry entry, EffectsInFlight inFlight) {
		try {
			return this.effects.apply(entry, inFlight::finish);
		}
		catch (OverloadedException ex) {
			return null;
		}
		catch (KraftException ex) {
			Reaction reaction = this.receiver.after(entry, Submission.of(ex));
			if (reaction == Reaction.STOP) {
				throw ex;
			}
			return refuse(entry, reaction, ex);
		}
	}

	private RowEffects.@Nullable Effect refuse(OutboxEntry entry, Reaction reaction, KraftException failure) {
		try {
			return (reaction == Reaction.ANSWER) ? this.effects.answer(entry, failure) : drop(entry, failure);
		}
		catch (OverloadedException ex) {
			return null;
		}
	}

	private RowEffects.Effect drop(OutboxEntry entry, KraftException failure) {
		logger.info("What partition {} asked of run '{}' ({}) has no effect: {}", this.source, entry.row().to(),
				entry.row().getClass().getSimpleName(), failure.getMessage());
		return this.effects.drop(entry);
	}

	private long durable() {
		return this.execution.store().channels().taken(this.source);
	}

}

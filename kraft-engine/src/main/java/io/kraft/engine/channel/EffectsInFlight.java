package io.kraft.engine.channel;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

import io.kraft.engine.channel.RowEffects.Effect;
import io.kraft.engine.store.OutboxRow;
import io.kraft.workflow.KraftException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The effects of a batch that were submitted and are not finished: they share commits of
 * the store. Of one thread.
 */
final class EffectsInFlight {

	private static final Logger logger = LoggerFactory.getLogger(Incoming.class);

	private final Deque<InFlight> effects = new ArrayDeque<>();

	/** Ids of runs that are started. */
	private final Set<String> starts = new HashSet<>();

	void add(OutboxRow row, Effect effect) {
		this.effects.add(new InFlight(row, effect));
		if (row instanceof OutboxRow.StartChild) {
			this.starts.add(row.to());
		}
	}

	/**
	 * What is for a run has to find it, or that it is not there.
	 */
	void finishBefore(OutboxRow row) {
		if (this.starts.contains(row.to())) {
			finish();
		}
	}

	/**
	 * Finishes those that need not be waited for: the runs at the head of a batch are not
	 * to wait until the last of its rows is submitted.
	 */
	void finishOver() {
		Throwable failure = null;
		while (!this.effects.isEmpty() && this.effects.getFirst().effect().isOver()) {
			failure = finish(next(), failure);
		}
		rethrow(failure);
	}

	/**
	 * Finishes all. One that fails keeps no other from that: the mark of the store says
	 * what was taken.
	 */
	void finish() {
		Throwable failure = null;
		while (!this.effects.isEmpty()) {
			failure = finish(next(), failure);
		}
		rethrow(failure);
	}

	private Effect next() {
		InFlight next = this.effects.removeFirst();
		if (next.row() instanceof OutboxRow.StartChild) {
			this.starts.remove(next.row().to());
		}
		return next.effect();
	}

	private static void rethrow(@Nullable Throwable failure) {
		if (failure instanceof Error error) {
			throw error;
		}
		if (failure instanceof RuntimeException exception) {
			throw exception;
		}
	}

	private static @Nullable Throwable finish(Effect effect, @Nullable Throwable earlier) {
		try {
			effect.finish();
			return earlier;
		}
		catch (KraftException ex) {
			logger.debug("A row was not taken, and is sent again: {}", ex.getMessage());
			return earlier;
		}
		catch (RuntimeException | Error ex) {
			return (earlier != null) ? earlier : ex;
		}
	}

	/**
	 * A row whose effect is on its way.
	 */
	private record InFlight(OutboxRow row, Effect effect) {
	}

}

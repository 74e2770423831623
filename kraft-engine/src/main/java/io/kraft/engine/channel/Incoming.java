package io.kraft.engine.channel;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.kraft.engine.execution.Execution;
import io.kraft.engine.store.OutboxEntry;

/**
 * Takes what other partitions ask of one, once and in order. Thread-safe; batches of one
 * source are taken one after the other.
 * <p>
 * Crash before the commit of a row: it is sent again. After it, before the answer: it is
 * sent again, and skipped by the mark.
 */
public final class Incoming {

	private final Execution execution;

	private final Map<Integer, Taker> takers = new ConcurrentHashMap<>();

	/**
	 * The receiving end of a partition.
	 */
	public Incoming(Execution execution) {
		this.execution = execution;
	}

	/**
	 * Takes a batch, as {@link ChannelCalls#take} says.
	 */
	public long take(int source, List<OutboxEntry> rows) {
		this.execution.checkTakesWork();
		return this.takers.computeIfAbsent(source, (number) -> new Taker(number, this.execution)).take(rows);
	}

}

package io.kraft.engine.admission;

import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

import io.kraft.engine.store.RunRow;

/**
 * How long runs wait for their turn, for the metrics. Since when a delayed run waits is
 * known here only, and of the last ten thousand. Used by the loader's thread.
 */
public final class TurnWaits {

	private static final int MAX_DELAYED = 10_000;

	private final Map<Long, Instant> delayed = new LinkedHashMap<>();

	/**
	 * A run's delay is over.
	 */
	public void begin(RunRow row, Instant now) {
		if (row.startedAt() == null) {
			this.delayed.put(row.number(), now);
			if (this.delayed.size() > MAX_DELAYED) {
				Iterator<Long> eldest = this.delayed.keySet().iterator();
				eldest.next();
				eldest.remove();
			}
		}
	}

	/**
	 * Its turn has come.
	 * @return how long it waited; of a run whose delay is not known, the delay included
	 */
	public Duration end(RunRow row, Instant now) {
		Instant since = this.delayed.remove(row.number());
		Duration waited = Duration.between((since != null) ? since : row.createdAt(), now);
		return waited.isNegative() ? Duration.ZERO : waited;
	}

}

package io.kraft.engine.store.kv;

import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

import io.kraft.engine.store.RunRow;
import io.kraft.engine.store.Timer;
import io.kraft.engine.store.check.Finding.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Checks that a run waits for each timer. Only when more are there than runs wait for are
 * the journals read for the ones that are left over.
 */
final class TimerCheck {

	private final KeyReader store;

	private final StoredRows rows;

	private final Findings findings;

	TimerCheck(KeyReader store, StoredRows rows, Findings findings) {
		this.store = store;
		this.rows = rows;
		this.findings = findings;
	}

	/**
	 * Checks all timers.
	 * @param awaited how many were found for runs that wait for them
	 */
	void run(long awaited) {
		if (countOfLiveRuns() != awaited) {
			walk(this::checkIsAwaited);
		}
	}

	private long countOfLiveRuns() {
		return walk((timer) -> {
			this.findings.keys++;
			if (timer.timer() == null) {
				this.findings.add(Kind.UNKNOWN_KEY, 0, "TIMERS " + Findings.hex(timer.key()), "a timer", "another key");
				return false;
			}
			StoredRows.Found found = this.rows.row(timer.timer().run());
			RunRow row = found.row();
			if (!found.exists()) {
				left(timer.timer().run(), timer, "no such run");
			}
			else if (row != null && row.status().isTerminal()) {
				left(row.number(), timer, "run '" + row.id() + "', which is " + row.status());
			}
			return row != null && !row.status().isTerminal();
		});
	}

	private boolean checkIsAwaited(Stored stored) {
		Timer timer = stored.timer();
		RunRow row = (timer != null) ? this.rows.row(timer.run()).row() : null;
		if (timer == null || row == null || row.status().isTerminal()) {
			return false;
		}
		OpenWaits waits = this.rows.waits(timer.run());
		List<RunTimers.Expected> expected = (waits != null) ? RunTimers.of(row, waits) : null;
		if (expected != null && expected.stream().noneMatch((one) -> one.timer().equals(timer))) {
			left(timer.run(), stored, "run '" + row.id() + "', which waits for no time there");
		}
		return false;
	}

	private void left(long run, Stored timer, String found) {
		this.findings.add(Kind.TIMER_LEFT, run, String.valueOf(timer.timer()), "a run that waits for it", found,
				KeyFix.absent(Keyspace.TIMERS, timer.key()));
	}

	private long walk(Predicate<Stored> counts) {
		long count = 0;
		try (KeyCursor keys = this.store.scan(Keyspace.TIMERS, Keys.EMPTY, null)) {
			for (boolean found = keys.first(); found; found = keys.next()) {
				count += counts.test(new Stored(keys.key(), decode(keys.key()))) ? 1 : 0;
			}
		}
		return count;
	}

	private static @Nullable Timer decode(byte[] key) {
		try {
			Timer timer = RunKeys.timer(key);
			return Arrays.equals(RunKeys.timer(timer), key) ? timer : null;
		}
		catch (RuntimeException ex) {
			return null;
		}
	}

	/**
	 * A key in the space of timers.
	 *
	 * @param timer null if it is not the key of a timer
	 */
	@SuppressWarnings("ArrayRecordComponent") // Never compared.
	private record Stored(byte[] key, @Nullable Timer timer) {
	}

}

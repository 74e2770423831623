package io.kraft.test.scenario;

import java.util.List;
import java.util.Map;

import io.kraft.test.call.BodyCounts.Counted;
import io.kraft.test.store.CrashPoint;
import org.jspecify.annotations.Nullable;

/**
 * One execution of a scenario, and its outcome.
 *
 * @param point where the crash was to come
 * @param crashed whether it came: another iteration may need fewer commits
 * @param value that the scenario has returned
 * @param failure that it has thrown; null if it has not
 * @param runs the outcome of each, by its id
 * @param bodies what was entered, and how often
 * @param commits what was in each
 */
record Iteration(CrashPoint point, boolean crashed, @Nullable Object value, @Nullable Throwable failure,
		Map<String, ComparedRun> runs, List<Counted> bodies, List<List<String>> commits) {
}

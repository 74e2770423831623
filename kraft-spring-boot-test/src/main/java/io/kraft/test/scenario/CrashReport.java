package io.kraft.test.scenario;

import java.util.List;
import java.util.Map;

/**
 * The report of a scenario that was crashed at every commit, and had the same outcome
 * each time.
 *
 * @param commits what is in each commit of the undisturbed scenario, in words
 * @param crashes how many crashes came: up to two for each commit, just before it and
 * just after
 * @param repeatedBodies of which steps the body was entered again, in words, and in how
 * many iterations: they need an idempotency key, or at-most-once delivery, where a second
 * effect would hurt
 * @param unknownOutcomes in how many iterations a step with at-most-once delivery was cut
 * off, so that its outcome is unknown; what the runs made of that is not compared
 */
public record CrashReport(List<List<String>> commits, int crashes, Map<String, Integer> repeatedBodies,
		int unknownOutcomes) {

	public CrashReport {
		commits = List.copyOf(commits);
		repeatedBodies = Map.copyOf(repeatedBodies);
	}

}

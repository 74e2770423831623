package io.kraft.engine.simulation;

import java.util.ArrayList;
import java.util.List;

import io.kraft.engine.simulation.Simulation.Outcome;

/**
 * Makes the story of a violation short: leaves out what came after it, then one event
 * after another, for as long as the same invariant is broken.
 */
final class Minimizer {

	private static final int ATTEMPTS = 4;

	private static final int PLAYS = 80;

	private Minimizer() {
	}

	static String story(Plan plan, Outcome outcome, Faults faults) {
		String kind = outcome.violation().orElseThrow().kind();
		Plan shortest = plan.with(plan.events().subList(0, outcome.played()));
		Outcome last = Simulation.play(shortest, faults);
		for (int attempt = 1; attempt < ATTEMPTS && !breaks(last, kind); attempt++) {
			last = Simulation.play(shortest, faults);
		}
		if (!breaks(last, kind)) {
			return told(plan, outcome, outcome.played() + " events; they raced, and did not break it again");
		}
		int plays = 0;
		for (int chunk = Math.max(1, shortest.events().size() / 3); chunk >= 1; chunk /= 2) {
			for (int at = shortest.events().size() - chunk; at >= 0 && plays++ < PLAYS; at -= chunk) {
				List<Event> fewer = new ArrayList<>(shortest.events());
				fewer.subList(at, Math.min(fewer.size(), at + chunk)).clear();
				Outcome played = Simulation.play(plan.with(fewer), faults);
				if (breaks(played, kind)) {
					shortest = plan.with(fewer);
					last = played;
				}
			}
		}
		return told(shortest, last, shortest.events().size() + " of " + plan.events().size() + " events are enough");
	}

	private static boolean breaks(Outcome outcome, String kind) {
		return outcome.violation().filter((violation) -> violation.kind().equals(kind)).isPresent();
	}

	private static String told(Plan plan, Outcome outcome, String size) {
		StringBuilder text = new StringBuilder();
		text.append("Seed ")
			.append(plan.seed())
			.append(" breaks an invariant. ")
			.append(outcome.violation().orElseThrow())
			.append("\n  ")
			.append(size)
			.append("; replay with -Dtest=")
			.append((plan.partitions() > 1) ? "PartitionSimulationTests" : "SimulationTests")
			.append(" -Dkraft.test.seed=")
			.append(plan.seed())
			.append("\n  ")
			.append(plan.partitions())
			.append(" partitions, ")
			.append(plan.maxParked())
			.append(" waiting runs and ")
			.append(plan.inboxBytes())
			.append(" bytes of messages stay in memory, commits are ")
			.append(plan.sync() ? "synced" : "not synced");
		for (int index = 0; index < plan.programs().size(); index++) {
			text.append("\n  program ").append(index).append(": ").append(plan.programs().get(index));
		}
		outcome.story().forEach((line) -> text.append("\n    ").append(line));
		return text.toString();
	}

}

package io.kraft.engine.hosting;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the steps of a play do to the world, which survives every death. A step is entered
 * again only if its partition was lost while it was under way, and never once a later one
 * of its run was entered. Thread-safe.
 */
final class PlayedWorld {

	private final Map<String, List<Entry>> entries = new HashMap<>();

	private final Map<Integer, Integer> deaths = new HashMap<>();

	private final List<String> violations = new ArrayList<>();

	/** A partition is lost: what it had not made durable is. */
	synchronized void died(int partition) {
		this.deaths.merge(partition, 1, Integer::sum);
	}

	/**
	 * A step of a run is entered.
	 * @param number which step of its run, in the order of its code
	 */
	synchronized void enter(int partition, String run, int number) {
		int deaths = this.deaths.getOrDefault(partition, 0);
		List<Entry> before = this.entries.computeIfAbsent(run, (key) -> new ArrayList<>());
		for (Entry entry : before) {
			if (entry.number() > number) {
				report("step " + number + " of run '" + run + "' was entered after step " + entry.number());
			}
			else if (entry.number() == number && entry.deaths() == deaths) {
				report("step " + number + " of run '" + run + "' was entered twice, and partition " + partition
						+ " has not died between");
			}
		}
		before.add(new Entry(number, deaths));
	}

	/** How many steps of a run were entered, whatever how often. */
	synchronized long entered(String run) {
		return this.entries.getOrDefault(run, List.of()).stream().map(Entry::number).distinct().count();
	}

	synchronized void report(String violation) {
		this.violations.add(violation);
	}

	synchronized List<String> violations() {
		return List.copyOf(this.violations);
	}

	private record Entry(int number, int deaths) {
	}

}

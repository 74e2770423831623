package io.kraft.benchmark;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import static java.util.Map.entry;

/**
 * What is measured, and how much of it.
 *
 * @param parts names; empty means all
 * @param systems in the loops: {@code bare}, {@code kraft}
 * @param callers in the loops: how many call concurrently, one measurement each
 * @param partitions how many an engine has, one measurement each
 * @param time of a measurement
 * @param fsync in the loops: whether commits wait for the disk
 * @param repeats of each measurement
 * @param finishedRuns how many there are at a start-up
 * @param interruptedRuns how many a recovery resumes
 * @param signals how many runs get one
 * @param sleepingRuns how many sleep at the same time
 * @param timerSeconds how long the timers are whose lateness is measured
 * @param dueRuns how many timers are due in the same second
 * @param journalEntries how many a replayed run has
 * @param expiredRuns how many finished runs a retention sweep removes
 * @param directory for the data
 */
record Settings(List<String> parts, List<String> systems, List<Integer> callers, List<Integer> partitions,
		Duration time, boolean fsync, int repeats, int finishedRuns, int interruptedRuns, int signals, int sleepingRuns,
		int timerSeconds, int dueRuns, int journalEntries, int expiredRuns, Path directory) {

	private static final List<String> PARTS = List.of("loops", "finished", "recovery", "signals", "fan-out", "sleeping",
			"due", "replay", "queues", "payloads", "retention", "partitions");

	private static final Map<String, String> DEFAULTS = Map.ofEntries(entry("systems", "bare,kraft"),
			entry("callers", "1,256"), entry("partitions", "1,2,4"), entry("seconds", "3"), entry("fsync", "true"),
			entry("repeats", "3"), entry("finished-runs", "100000"), entry("interrupted-runs", "10000"),
			entry("signals", "500"), entry("sleeping-runs", "100000"), entry("timer-seconds", "10"),
			entry("due-runs", "10000"), entry("journal-entries", "49900"), entry("expired-runs", "100000"),
			entry("directory", "target/benchmark-data"));

	/**
	 * The settings that the arguments give, defaults for the others.
	 * @throws IllegalArgumentException if a name is unknown
	 */
	static Settings parse(String... args) {
		List<String> parts = new ArrayList<>();
		Map<String, String> values = new HashMap<>(DEFAULTS);
		for (String arg : args) {
			String[] setting = arg.split("=", 2);
			if (setting.length == 1 && PARTS.contains(arg)) {
				parts.add(arg);
			}
			else if (setting.length == 1 || values.replace(setting[0], setting[1]) == null) {
				throw new IllegalArgumentException("'" + arg + "' is neither one of the parts " + PARTS
						+ " nor one of the settings, which have the defaults " + DEFAULTS);
			}
		}
		return new Settings(parts, List.of(value(values, "systems").split(",")), numbers(values, "callers"),
				numbers(values, "partitions"), Duration.ofSeconds(number(values, "seconds")),
				Boolean.parseBoolean(value(values, "fsync")), number(values, "repeats"),
				number(values, "finished-runs"), number(values, "interrupted-runs"), number(values, "signals"),
				number(values, "sleeping-runs"), number(values, "timer-seconds"), number(values, "due-runs"),
				number(values, "journal-entries"), number(values, "expired-runs"),
				Path.of(value(values, "directory")).toAbsolutePath());
	}

	boolean runs(String part) {
		return this.parts.isEmpty() || this.parts.contains(part);
	}

	private static List<Integer> numbers(Map<String, String> values, String name) {
		return Stream.of(value(values, name).split(",")).map(Integer::valueOf).toList();
	}

	private static int number(Map<String, String> values, String name) {
		return Integer.parseInt(value(values, name));
	}

	private static String value(Map<String, String> values, String name) {
		String value = values.get(name);
		if (value == null) {
			throw new IllegalArgumentException("No setting " + name);
		}
		return value;
	}

}

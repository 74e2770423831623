package io.kraft.benchmark;

import java.io.IOException;

/**
 * Measures the engine against its budgets, in one process, on one disk, side by side with
 * a bare loop that does only what no engine can leave out.
 * <p>
 * Disks vary: the same setting measured twice may differ by a factor of two. So the disk
 * is probed before and after, everything is measured several times, and what counts are
 * ratios within one invocation, each of two measurements that follow each other.
 *
 * <pre>
 * mvn -q -pl benchmarks -am compile exec:exec
 * mvn -q -pl benchmarks -am compile exec:exec -Dbenchmark.args="loops callers=1,256,2048 seconds=10 repeats=5"
 * </pre>
 *
 * Arguments that are names choose parts; without one, all run, in a few minutes:
 * <ul>
 * <li>{@code loops}: one run after another in each of some callers; a run has ten steps
 * of about 100 bytes with empty bodies, and every commit an fsync. The bare loop is
 * virtual threads, Jackson, and one committer above RocksDB; its runs are 12 commits of
 * about 200 bytes.</li>
 * <li>{@code finished}: start-up time and heap with no finished runs and with many.</li>
 * <li>{@code recovery}: the time from the start to the end of the first and of all runs
 * that a crash has interrupted.</li>
 * <li>{@code signals}: the time from a signal until the run's code continues.</li>
 * <li>{@code fan-out}: parallel branches next to steps one after another.</li>
 * <li>{@code sleeping}: what a crowd of sleeping runs costs, and how late timers are
 * among them.</li>
 * <li>{@code due}: many timers that are due in the same second.</li>
 * <li>{@code replay}: the time from a signal to the end of a run whose journal is
 * long.</li>
 * <li>{@code queues}: items of queues next to workflows of one step.</li>
 * <li>{@code payloads}: encryption, compression and idempotency keys, next to runs
 * without.</li>
 * <li>{@code retention}: the removal of a crowd of finished runs, and new runs
 * meanwhile.</li>
 * <li>{@code partitions}: engines of one and of several partitions.</li>
 * </ul>
 * The others change sizes: {@code callers}, {@code partitions}, {@code seconds} a
 * measurement, {@code repeats}, {@code finished-runs}, {@code interrupted-runs},
 * {@code signals}, {@code sleeping-runs}, {@code timer-seconds}, {@code due-runs},
 * {@code journal-entries}, {@code expired-runs}, and {@code directory} for the data,
 * which is on the disk that is measured. {@code fsync=false} takes the disk out of the
 * loops, and {@code systems=kraft} the bare one, for a profiler:
 *
 * <pre>
 * -Dbenchmark.jvm-args="-Xmx2g -XX:StartFlightRecording=filename=/tmp/kraft.jfr,settings=profile"
 * </pre>
 */
public final class Benchmarks {

	private Benchmarks() {
	}

	/**
	 * Runs the benchmarks, one after another.
	 * @param args names of parts, and settings as {@code name=value}
	 */
	public static void main(String[] args) throws IOException {
		Settings settings = Settings.parse(args);
		try (DataDirectories directories = new DataDirectories(settings.directory())) {
			Machine.print(directories.root());
			FsyncProbe.print("before", directories);
			if (settings.runs("loops")) {
				new LoopComparison(settings, directories).print();
			}
			if (settings.runs("finished")) {
				new FinishedRuns(settings, directories).print();
			}
			if (settings.runs("recovery")) {
				new InterruptedRuns(settings, directories).print();
			}
			if (settings.runs("signals")) {
				new Signals(settings, directories).print();
			}
			if (settings.runs("fan-out")) {
				new FanOut(settings, directories).print();
			}
			if (settings.runs("sleeping")) {
				new SleepingRuns(settings, directories).print();
			}
			if (settings.runs("due")) {
				new DueTimers(settings, directories).print();
			}
			if (settings.runs("replay")) {
				new Replays(settings, directories).print();
			}
			if (settings.runs("queues")) {
				new QueuedItems(settings, directories).print();
			}
			if (settings.runs("payloads")) {
				new PayloadCosts(settings, directories).print();
			}
			if (settings.runs("retention")) {
				new Retention(settings, directories).print();
			}
			if (settings.runs("partitions")) {
				new PartitionComparison(settings, directories).print();
			}
			FsyncProbe.print("after", directories);
		}
	}

}

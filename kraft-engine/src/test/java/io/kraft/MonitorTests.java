package io.kraft;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * On Java 21 to 23 a virtual thread that blocks inside a monitor keeps its carrier: where
 * commits are handed over, the store is read or another lock is taken, locks are
 * {@code ReentrantLock}s.
 */
class MonitorTests {

	private static final Pattern MONITOR = Pattern.compile("^[^*/\"]*\\bsynchronized\\b", Pattern.MULTILINE);

	/** Who may have monitors, and why: nothing is called in them that could block. */
	private static final Map<String, String> ALLOWED = Map.ofEntries(
			entry("admission/Admission.java", "a few fields; the signal to the loader does not block"),
			entry("admission/ConcurrencyLimit.java", "counts in memory"),
			entry("lifecycle/AwaitedPauses.java", "a map; the log is written outside of it"),
			entry("lifecycle/ResultWaiters.java", "a map; futures are completed outside of it"),
			entry("run/SharedSlots.java", "counts in memory; listeners are called outside"),
			entry("run/DurableState.java", "a map"), entry("run/Replay.java", "a map"),
			entry("run/CompensationStack.java", "a list"), entry("run/FailureTrails.java", "maps"),
			entry("operation/RunFuture.java", "a field; its listeners are called outside"),
			entry("timer/ManualScheduler.java", "for tests; tasks are called outside"));

	/** Where threads of runs come by. */
	private static final List<String> FOLDERS = List.of("admission", "call", "control", "execution", "ledger",
			"lifecycle", "message", "operation", "partition", "run", "schedule", "supervision", "timer");

	private static final Path ENGINE = Path.of("src/main/java/io/kraft/engine");

	@Test
	void threadsOfRunsDoNotBlockInMonitors() throws IOException {
		TreeSet<String> found = new TreeSet<>();
		for (String folder : FOLDERS) {
			try (Stream<Path> files = Files.walk(ENGINE.resolve(folder))) {
				for (Path file : files.filter((path) -> path.toString().endsWith(".java")).toList()) {
					if (MONITOR.matcher(Files.readString(file)).find()) {
						found.add(ENGINE.relativize(file).toString().replace('\\', '/'));
					}
				}
			}
		}

		assertThat(found).as("take a ReentrantLock, or say here why nothing in the monitor can block")
			.containsExactlyInAnyOrderElementsOf(ALLOWED.keySet());
	}

}

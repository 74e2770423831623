package io.kraft.engine.planted;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A fault that is planted in the engine is caught by one of the tests that are named for
 * it; without one they catch nothing. The first that catches it is enough; with
 * {@code -Dkraft.test.planted=all} each of them has to.
 * {@code -Dkraft.test.planted-fault=…} is a regular expression of the faults to plant.
 */
@Tag("planted")
class EngineFaultTests {

	private static final boolean ALL = "all".equals(System.getProperty("kraft.test.planted"));

	private static final String WANTED = System.getProperty("kraft.test.planted-fault", ".*");

	/** They mostly wait for threads of their engines. */
	private static final int PARALLEL = 4;

	private static final ClassLoader TESTS = EngineFaultTests.class.getClassLoader();

	private static List<EngineFault> faults() {
		return EngineFaults.all().stream().filter((fault) -> fault.name().matches(WANTED)).toList();
	}

	@TestFactory
	Stream<DynamicTest> aFaultOfTheEngineIsCaught() {
		ExecutorService workers = Executors.newFixedThreadPool(PARALLEL,
				(task) -> Thread.ofPlatform().daemon().unstarted(task));
		Map<EngineFault, Future<Map<Catcher, Optional<String>>>> found = new LinkedHashMap<>();
		faults().forEach((fault) -> found.put(fault, workers.submit(() -> tried(fault))));
		workers.shutdown();
		return found.entrySet()
			.stream()
			.map((entry) -> DynamicTest.dynamicTest(entry.getKey().name(), () -> check(entry.getValue())));
	}

	private static Map<Catcher, Optional<String>> tried(EngineFault fault) throws InterruptedException {
		ClassLoader loader = fault.plant(TESTS);
		Map<Catcher, Optional<String>> tried = new LinkedHashMap<>();
		for (Catcher catcher : fault.catchers()) {
			Optional<String> caught = catcher.execute(loader, Duration.ofSeconds(20));
			tried.put(catcher, caught);
			if (caught.isPresent() && !ALL) {
				break;
			}
		}
		return tried;
	}

	private static void check(Future<Map<Catcher, Optional<String>>> tried)
			throws InterruptedException, ExecutionException {
		Map<Catcher, Optional<String>> results = tried.get();
		if (ALL) {
			assertThat(results).as("what each of its catchers has found")
				.allSatisfy((catcher, caught) -> assertThat(caught).isPresent());
		}
		assertThat(results.values()).as("what its catchers %s have found", results.keySet())
			.anyMatch(Optional::isPresent);
	}

	@Test
	void withoutAFaultTheSameTestsCatchNothing() throws InterruptedException {
		ClassLoader sound = new FaultyClassLoader(Map.of(), TESTS);
		Map<Catcher, String> caught = new LinkedHashMap<>();
		for (Catcher catcher : faults().stream().flatMap((fault) -> fault.catchers().stream()).distinct().toList()) {
			catcher.execute(sound, Duration.ofMinutes(2)).ifPresent((what) -> caught.put(catcher, what));
		}

		assertThat(caught).as("what is caught although nothing is planted").isEmpty();
	}

}

package io.kraft.test;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.kraft.client.StartOptions;
import io.kraft.client.WorkflowHandle;
import io.kraft.engine.routing.PartitionMap;
import io.kraft.workflow.WorkflowContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import static io.kraft.test.WorkflowAssertions.assertThatRun;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The test bench with several partitions, which crash and are restarted together.
 */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class PartitionsTests {

	private static final int PARTITIONS = 4;

	private final WorkflowContext workflow = WorkflowContext.ofCallingRun();

	@RegisterExtension
	final KraftEngineExtension kraft = define(new KraftEngineExtension());

	@RegisterExtension
	final KraftEngineExtension onRocksDb = define(KraftEngineExtension.onRocksDb());

	private KraftEngineExtension define(KraftEngineExtension kraft) {
		return kraft.partitions(PARTITIONS)
			.workflow("item", String.class, String.class,
					(item) -> item + " " + this.workflow.awaitSignal("go", String.class));
	}

	@Test
	void runsOfAllPartitionsContinueAfterACrash() {
		for (KraftEngineExtension tested : List.of(this.kraft, this.onRocksDb)) {
			WorkflowTestEnvironment environment = tested.environment();
			List<WorkflowHandle<?>> runs = start(tested);
			environment.settle();

			environment.crash();
			environment.restart();
			runs.forEach((run) -> run.signal("go", "on"));

			runs.forEach((run) -> assertThatRun(run).isCompletedWith(run.id() + " on"));
		}
	}

	@Test
	void theNextTestFindsAllOfThemEmpty() {
		start(this.kraft);
		start(this.onRocksDb);
	}

	private static List<WorkflowHandle<?>> start(KraftEngineExtension kraft) {
		Set<Integer> partitions = new TreeSet<>();
		List<WorkflowHandle<?>> runs = IntStream.range(0, 20).<WorkflowHandle<?>>mapToObj((number) -> {
			assertThat(kraft.client().find("r" + number)).isEmpty();
			partitions.add(new PartitionMap(PARTITIONS).of("r" + number));
			return kraft.client().start("item", StartOptions.defaults().id("r" + number), "r" + number);
		}).toList();
		assertThat(partitions).hasSize(PARTITIONS);
		return runs;
	}

}

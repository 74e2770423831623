package io.kraft.engine;

import java.util.Map;

import io.kraft.client.WorkflowStatus;
import io.kraft.engine.definition.Definitions;
import io.kraft.engine.definition.ScheduleCatalog;
import io.kraft.engine.partition.Partition;
import io.kraft.engine.store.StatusCounts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one line that an engine logs when it has started.
 */
final class StartLog {

	private static final Logger log = LoggerFactory.getLogger(KraftEngine.class);

	private StartLog() {
	}

	/**
	 * What is to be logged, as it is before any run executes.
	 */
	static String describe(Partition partition, Definitions definitions, ScheduleCatalog schedules) {
		Map<String, StatusCounts> counts = partition.store().counts();
		StatusCounts runs = counts.values().stream().reduce(StatusCounts.NONE, StatusCounts::plus);
		long waiting = runs.of(WorkflowStatus.SUSPENDED) + runs.of(WorkflowStatus.SCHEDULED)
				+ runs.of(WorkflowStatus.PENDING);
		String version = KraftEngine.class.getPackage().getImplementationVersion();
		return "Kraft " + ((version != null) ? version + " " : "") + "has started (store: " + partition.store()
				+ ", epoch " + partition.epoch() + "; workflows: " + definitions.workflows().all().size() + ", steps: "
				+ definitions.steps().names().size() + ", schedules: " + schedules.all().size() + ", queues: "
				+ definitions.queues().declared().size() + "; runs that continue: " + runs.of(WorkflowStatus.RUNNING)
				+ ", wait: " + waiting + ", are paused: " + runs.of(WorkflowStatus.PAUSED) + ")";
	}

	static void log(String line) {
		log.info(line);
	}

}

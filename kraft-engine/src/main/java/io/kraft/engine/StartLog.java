package io.kraft.engine;

import java.util.Collection;
import java.util.List;

import io.kraft.client.WorkflowStatus;
import io.kraft.engine.definition.Definitions;
import io.kraft.engine.definition.ScheduleCatalog;
import io.kraft.engine.hosting.HostedPartition;
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
	 * Logs what was found, as it was before any run executed.
	 */
	static void log(Collection<HostedPartition> hosted, Definitions definitions, ScheduleCatalog schedules) {
		// They may come and go.
		List<HostedPartition> partitions = List.copyOf(hosted);
		StatusCounts runs = partitions.stream()
			.map(HostedPartition::found)
			.reduce(StatusCounts.NONE, StatusCounts::plus);
		long waiting = runs.of(WorkflowStatus.SUSPENDED) + runs.of(WorkflowStatus.SCHEDULED)
				+ runs.of(WorkflowStatus.PENDING);
		String version = KraftEngine.class.getPackage().getImplementationVersion();
		log.info(
				"Kraft {}has started ({}; workflows: {}, steps: {}, schedules: {}, queues: {}; runs that continue: {}, "
						+ "wait: {}, are paused: {})",
				(version != null) ? version + " " : "", stores(partitions), definitions.workflows().all().size(),
				definitions.steps().names().size(), schedules.all().size(), definitions.queues().declared().size(),
				runs.of(WorkflowStatus.RUNNING), waiting, runs.of(WorkflowStatus.PAUSED));
	}

	private static String stores(List<HostedPartition> partitions) {
		if (partitions.isEmpty()) {
			return "partitions: 0";
		}
		Partition first = partitions.getFirst().partition();
		return ((partitions.size() > 1) ? "partitions: " + partitions.size() + ", " : "") + "store: " + first.store()
				+ ", epoch " + first.epoch();
	}

}

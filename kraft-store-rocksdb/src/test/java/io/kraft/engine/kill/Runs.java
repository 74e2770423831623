package io.kraft.engine.kill;

import java.util.ArrayList;
import java.util.List;

import io.kraft.client.Page;
import io.kraft.client.WorkflowClient;
import io.kraft.client.WorkflowDescription;
import io.kraft.client.WorkflowQuery;
import io.kraft.client.WorkflowStatus;

/**
 * Lists runs, from the first page to the last.
 */
final class Runs {

	private Runs() {
	}

	static List<WorkflowDescription> all(WorkflowClient client) {
		return list(client, WorkflowQuery.all());
	}

	/**
	 * Those that have not ended.
	 */
	static List<WorkflowDescription> open(WorkflowClient client) {
		return list(client,
				WorkflowQuery.all()
					.status(WorkflowStatus.SCHEDULED, WorkflowStatus.PENDING, WorkflowStatus.RUNNING,
							WorkflowStatus.SUSPENDED, WorkflowStatus.PAUSED));
	}

	private static List<WorkflowDescription> list(WorkflowClient client, WorkflowQuery query) {
		List<WorkflowDescription> all = new ArrayList<>();
		Page<WorkflowDescription> page = client.list(query.limit(1000));
		all.addAll(page.items());
		while (page.nextCursor().isPresent()) {
			page = client.list(query.limit(1000).cursor(page.nextCursor().get()));
			all.addAll(page.items());
		}
		return all;
	}

}

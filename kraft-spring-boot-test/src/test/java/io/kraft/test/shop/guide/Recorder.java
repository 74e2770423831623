package io.kraft.test.shop.guide;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.kraft.client.WorkflowClient;
import io.kraft.client.WorkflowDescription;
import io.kraft.client.WorkflowQuery;
import io.kraft.client.WorkflowStatus;

/**
 * Records what waits in a running application.
 */
final class Recorder {

	private final WorkflowClient client;

	Recorder(WorkflowClient client) {
		this.client = client;
	}

	void record(Path directory) throws IOException {
		WorkflowQuery waiting = WorkflowQuery.all().name("order").status(WorkflowStatus.SUSPENDED).limit(20);
		for (WorkflowDescription run : this.client.list(waiting).items()) {
			Files.writeString(directory.resolve(run.id() + ".json"), this.client.export(run.id()));
		}
	}

}

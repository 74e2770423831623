package io.kraft.test.shop.guide;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.kraft.client.WorkflowClient;
import io.kraft.test.KraftTest;
import io.kraft.test.WorkflowReplayer;
import io.kraft.test.WorkflowTestEnvironment;
import io.kraft.test.shop.Orders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the guide records can be replayed, and is what the guide's test replays.
 */
@KraftTest
class RecorderTests {

	@Autowired
	private WorkflowClient client;

	@Autowired
	private Orders orders;

	@Autowired
	private WorkflowTestEnvironment environment;

	@Autowired
	private WorkflowReplayer replayer;

	@Test
	void whatWaitsIsRecordedAndReplays(@TempDir Path directory) throws IOException {
		this.client.start(() -> this.orders.process("lamp"));
		this.environment.settle();

		new Recorder(this.client).record(directory);

		assertThat(this.replayer.replayAll(directory)).hasSize(1);
		assertThat(Files.readString(directory.resolve("lamp.json")))
			.isEqualTo(Files.readString(Path.of("src/test/resources/journals/lamp.json")));
	}

}

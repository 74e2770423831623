package io.kraft.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

import io.kraft.client.WorkflowStatus;
import io.kraft.engine.store.Store;
import io.kraft.engine.testing.TestEngine;

import static org.awaitility.Awaitility.await;

/**
 * Writes the journals of those {@link RecordedRuns} that have none yet. To be run by
 * hand, in the module's directory, when a capability is added.
 */
final class RunRecorder {

	private RunRecorder() {
	}

	public static void main(String[] args) throws IOException {
		for (String name : RecordedRunTests.names().toList()) {
			Path file = RecordedRunTests.JOURNALS.resolve(name + ".journal");
			if (!Files.exists(file)) {
				Files.write(file, record(name));
			}
		}
	}

	private static List<String> record(String name) {
		try (TestEngine engine = new TestEngine()) {
			new RecordedRuns(engine, false);
			engine.start();
			engine.run("listener", "listener", "x");
			engine.run(name, name, "x");
			if (name.equals("messages")) {
				engine.client().signal(name, "approved", "ada");
			}
			if (name.equals("cancel")) {
				await().until(() -> engine.client().handle(name).status() == WorkflowStatus.SUSPENDED);
				engine.client().cancel(name);
			}
			List<String> lines = new ArrayList<>();
			lines.add(RecordedRunTests.outcome(engine, name));
			engine.crash();
			try (Store store = engine.medium().open()) {
				long run = store.run(name).orElseThrow().number();
				store.journal(run, 0, (entry) -> lines.add(HexFormat.of().formatHex(entry)));
			}
			// Without its end: the replay comes to it.
			lines.removeLast();
			return lines;
		}
	}

}

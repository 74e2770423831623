package io.kraft.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

import io.kraft.engine.store.Store;
import io.kraft.engine.testing.TestEngine;

/**
 * Writes the journals of those {@link RecordedRuns} that have none yet. To be run by
 * hand, in the module's directory, when a capability is added.
 */
final class RunRecorder {

	private RunRecorder() {
	}

	public static void main(String[] args) throws IOException {
		for (String name : RecordedRuns.names()) {
			Path file = RecordedRunTests.JOURNALS.resolve(name + ".journal");
			if (!Files.exists(file)) {
				Files.write(file, record(name));
			}
		}
	}

	private static List<String> record(String name) {
		try (TestEngine engine = new TestEngine()) {
			RecordedRuns runs = new RecordedRuns(engine, false);
			engine.start();
			runs.begin(name);
			List<String> lines = new ArrayList<>();
			lines.add(RecordedRunTests.outcome(engine, name));
			engine.crash();
			try (Store store = engine.mediumOf(RecordedRuns.id(name)).open()) {
				long run = store.run(RecordedRuns.id(name)).orElseThrow().number();
				store.journal(run, 0, (entry) -> lines.add(HexFormat.of().formatHex(entry)));
			}
			// Without its end: the replay comes to it.
			lines.removeLast();
			return lines;
		}
	}

}

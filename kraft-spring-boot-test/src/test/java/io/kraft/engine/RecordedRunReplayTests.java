package io.kraft.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import io.kraft.engine.export.ExportedJournal;
import io.kraft.engine.journal.JournalCodec;
import io.kraft.engine.journal.JournalEntry;
import io.kraft.engine.journal.json.JacksonPayloads;
import io.kraft.engine.store.RunRow;
import io.kraft.engine.testing.TestEngine;
import io.kraft.test.WorkflowReplayer;
import io.kraft.test.replay.ReplayResult;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The engine's recorded journals, one for each capability, exported and replayed: to
 * their end, and cut off behind each of their entries.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class RecordedRunReplayTests {

	private static final Path JOURNALS = Path.of("../kraft-engine/src/test/resources/journals/v1/runs");

	@ParameterizedTest
	@MethodSource("names")
	void aRecordedRunReplaysFromItsExport(String name) throws IOException {
		List<JournalEntry> entries = entries(name);

		try (TestEngine engine = new TestEngine()) {
			new RecordedRuns(engine, true);
			engine.start();
			WorkflowReplayer replayer = new WorkflowReplayer(engine.engine());

			assertThat(replayer.replay(exported(name, entries))).isInstanceOf(ReplayResult.Ended.class);
			for (int length = 1; length < entries.size(); length++) {
				assertThat(replayer.tryReplay(exported(name, entries.subList(0, length))))
					.as("%s, cut off behind entry %d", name, length)
					.isNotInstanceOf(ReplayResult.Different.class);
			}
		}
	}

	static Set<String> names() {
		return RecordedRuns.names();
	}

	private static List<JournalEntry> entries(String name) throws IOException {
		return Files.readAllLines(JOURNALS.resolve(name + ".journal"))
			.stream()
			.skip(1)
			.map((line) -> JournalCodec.decode(HexFormat.of().parseHex(line)))
			.toList();
	}

	private static String exported(String name, List<JournalEntry> entries) {
		RunRow row = RecordedRuns.row(name, Instant.EPOCH);
		return new ExportedJournal(row.id(), row.name(), row.version(), row.step(), row.status(), row.tags(),
				row.priority(), row.parentId(), row.createdAt(), entries)
			.toJson(new JacksonPayloads(JacksonPayloads.defaultMapper(), List.of(), 1024));
	}

}

package io.kraft.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import io.kraft.engine.store.Change;
import io.kraft.engine.store.Store;
import io.kraft.engine.testing.TestEngine;
import io.kraft.workflow.ErrorDocs;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Journals that earlier versions have written: each must replay for ever. A file has the
 * outcome in its first line, and then an entry in each.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class RecordedRunTests {

	/** Where the page of errors was when the runs were recorded. */
	private static final String RECORDED_DOCS = "docs/errors.md#";

	static final Path JOURNALS = Path.of("src/test/resources/journals/v1/runs");

	private final TestEngine engine = new TestEngine();

	@AfterEach
	void close() {
		this.engine.close();
	}

	@ParameterizedTest
	@MethodSource("names")
	void aRecordedRunReplaysToItsOutcomeWithoutEnteringAStep(String name) throws IOException {
		List<String> lines = Files.readAllLines(JOURNALS.resolve(name + ".journal"));
		restore(name, lines.subList(1, lines.size()));
		new RecordedRuns(this.engine, true);

		this.engine.start();

		// Where the page of errors is, is a matter of the build.
		String outcome = outcome(this.engine, name).replace(ErrorDocs.section("").toString(), RECORDED_DOCS);
		assertThat(outcome).isEqualTo(lines.getFirst());
		assertThat(this.engine.client().handle(RecordedRuns.id(name)).status().isTerminal()).isTrue();
	}

	static Set<String> names() {
		return RecordedRuns.names();
	}

	/** As a process leaves it that dies before the run's end is durable. */
	private void restore(String name, List<String> entries) {
		try (Store store = this.engine.mediumOf(RecordedRuns.id(name)).open()) {
			store.claim(1);
			Instant at = Instant.EPOCH;
			List<Change> changes = new ArrayList<>();
			changes.add(new Change.RunChanged(null, RecordedRuns.row(name, at)));
			for (String entry : entries) {
				changes.add(new Change.EntryAppended(1, changes.size() - 1, HexFormat.of().parseHex(entry)));
			}
			store.commit(1, changes);
		}
	}

	static String outcome(TestEngine engine, String name) {
		try {
			return String.valueOf(engine.finish(engine.client().handle(RecordedRuns.id(name))));
		}
		catch (RuntimeException ex) {
			return String.valueOf((ex.getCause() != null) ? ex.getCause() : ex);
		}
	}

}

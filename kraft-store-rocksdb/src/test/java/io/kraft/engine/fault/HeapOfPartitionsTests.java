package io.kraft.engine.fault;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.kraft.engine.reliability.Proves;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A process of four partitions whose heap is filled: a real one, with a real RocksDB that
 * syncs.
 */
@Proves(fault = "An application fills its heap of 96 MB, with runs in four partitions",
		promise = "Each partition works afterwards, or has failed and refuses; after the next start everything acknowledged holds")
@SuppressWarnings("try") // A test that is interrupted ends.
class HeapOfPartitionsTests {

	private static final int PARTITIONS = 4;

	@Test
	@Timeout(value = 120, unit = TimeUnit.SECONDS)
	void aFilledHeapEndsPartitionsOrNoneAndNothingAcknowledgedIsLost(
			@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path directory) throws Exception {
		Path data = directory.resolve("data");
		Notes notes;
		try (Child child = Child.start(directory, data, "life", PARTITIONS)) {
			notes = child.notes();
			child.awaitNote("ready");
			child.awaitProgress(20);

			child.command("fill 3000");
			child.awaitNote("filled");
			List<String> health = child.health();
			child.probe(PARTITIONS);

			boolean isAnyUp = notes.of("probed").stream().anyMatch((words) -> words.get(2).equals("up"));
			assertThat(health.get(1)).as(() -> "health with " + notes.of("probed"))
				.isEqualTo(isAnyUp ? "RUNNING" : "FAILED");
			assertThat(notes.of("probed")).hasSize(PARTITIONS)
				.allSatisfy((words) -> assertThat(words.get(3)).as(() -> words + " in " + notes.of("probed"))
					.isEqualTo(words.get(2).equals("up") ? "works" : "refuses"));
		}

		Recovery.check(data, PARTITIONS, notes);
	}

}

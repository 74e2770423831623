package io.kraft.engine.fault;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.kraft.client.StartOptions;
import io.kraft.client.WorkflowHandle;
import io.kraft.client.WorkflowStatus;
import io.kraft.engine.KraftEngine;
import io.kraft.engine.definition.MethodSignature;
import io.kraft.engine.definition.RetryPolicy;
import io.kraft.engine.definition.StepDefinition;
import io.kraft.engine.definition.WorkflowDefinition;
import io.kraft.engine.reliability.Proves;
import io.kraft.engine.store.rocksdb.RocksDbOptions;
import io.kraft.engine.store.rocksdb.RocksDbStore;
import io.kraft.workflow.WorkflowContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompactRangeOptions;
import org.rocksdb.CompactRangeOptions.BottommostLevelCompaction;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A byte of a table changes where nothing but the journal of one run is.
 */
@Proves(fault = "A byte changes in the block of a table that holds the journal of one run",
		promise = "That run is paused, the others continue, and it continues too once the block is as it was")
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class DamagedRunTests {

	private static final List<String> OTHERS = List.of("before", "after");

	private final WorkflowContext workflow = WorkflowContext.ofCallingRun();

	@TempDir(cleanup = CleanupMode.ON_SUCCESS)
	Path data;

	private KraftEngine engine;

	@Test
	void aDamagedBlockOfOneRunsJournalPausesThatRunAndNoOther() throws Exception {
		live(() -> {
			start("before");
			start("damaged");
			start("after");
		});
		compact();
		Path table = tableOf("damaged");
		byte[] sound = Files.readAllBytes(table);
		Files.write(table, flipped(sound, placeOf("damaged", sound)));

		live(() -> {
			OTHERS.forEach((id) -> this.engine.client().signal(id, "go", "now"));
			this.engine.client().signal("damaged", "go", "now");
			for (String id : OTHERS) {
				assertThat(this.engine.client().handle(id).result()).isEqualTo("now");
			}
			WorkflowHandle<?> damaged = this.engine.client().handle("damaged");
			await().until(() -> damaged.status() == WorkflowStatus.PAUSED);
			assertThat(damaged.describe().reason()).contains("KRAFT-4003", table.getFileName().toString());
			assertThat(this.engine.health().cause()).isEmpty();
		});
		Files.write(table, sound);

		live(() -> assertThat(this.engine.client().handle("damaged").result()).isEqualTo("now"));
	}

	/** As far as can be, so that no compaction meets the block before the run does. */
	private void compact() throws RocksDBException {
		String database = this.data.resolve("db").toString();
		List<ColumnFamilyHandle> handles = new ArrayList<>();
		try (Options options = new Options();
				DBOptions settings = new DBOptions();
				ColumnFamilyOptions family = new ColumnFamilyOptions()
					.setCompressionType(CompressionType.NO_COMPRESSION);
				CompactRangeOptions all = new CompactRangeOptions()
					.setBottommostLevelCompaction(BottommostLevelCompaction.kForce);
				RocksDB opened = RocksDB.open(settings, database, families(options, database, family), handles)) {
			for (ColumnFamilyHandle handle : handles) {
				opened.compactRange(handle, null, null, all);
				handle.close();
			}
		}
	}

	private static List<ColumnFamilyDescriptor> families(Options options, String database, ColumnFamilyOptions family)
			throws RocksDBException {
		return RocksDB.listColumnFamilies(options, database)
			.stream()
			.map((name) -> new ColumnFamilyDescriptor(name, family))
			.toList();
	}

	private void live(Runnable life) {
		this.engine = KraftEngine.builder()
			.store(() -> RocksDbStore.open(new RocksDbOptions(this.data, true)))
			.workflows(List.of(WorkflowDefinition.of("w", MethodSignature.of(String.class),
					(arguments) -> execute(this.workflow.workflowId()))))
			.maxParkedWorkflows(0)
			.build();
		this.engine.start();
		try {
			life.run();
		}
		finally {
			this.engine.stop();
		}
	}

	private void start(String id) {
		WorkflowHandle<?> run = this.engine.client().start("w", StartOptions.defaults().id(id));
		await().until(() -> run.status() == WorkflowStatus.SUSPENDED);
	}

	/** The second large value begins a block of its own. */
	private String execute(String id) throws Throwable {
		for (int step = 1; step <= 2; step++) {
			String value = large(id, step);
			this.engine.calls()
				.step(StepDefinition.of("large", MethodSignature.of(String.class), RetryPolicy.none()), new Object[0],
						(copies) -> value);
		}
		return this.workflow.awaitSignal("go", String.class);
	}

	/** It cannot be compressed much. */
	private static String large(String id, int step) {
		byte[] bytes = new byte[100_000];
		new Random(id.hashCode() + step).nextBytes(bytes);
		return Base64.getEncoder().encodeToString(bytes);
	}

	private Path tableOf(String id) throws IOException {
		try (Stream<Path> files = Files.list(this.data.resolve("db"))) {
			for (Path file : files.filter((path) -> path.toString().endsWith(".sst")).toList()) {
				if (placeOf(id, Files.readAllBytes(file)) >= 0) {
					return file;
				}
			}
		}
		throw new AssertionError("no table holds the run '" + id + "'");
	}

	/** Where a piece of its second large value begins; -1 if it is not there. */
	private static int placeOf(String id, byte[] file) {
		byte[] piece = large(id, 2).substring(60_000, 60_032).getBytes(StandardCharsets.US_ASCII);
		for (int i = 0; i <= file.length - piece.length; i++) {
			if (Arrays.equals(file, i, i + piece.length, piece, 0, piece.length)) {
				return i;
			}
		}
		return -1;
	}

	private static byte[] flipped(byte[] file, int place) {
		byte[] flipped = file.clone();
		flipped[place] ^= 1;
		return flipped;
	}

}

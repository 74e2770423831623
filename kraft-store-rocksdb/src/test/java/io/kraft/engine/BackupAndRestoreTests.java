package io.kraft.engine;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;

import io.kraft.client.BackupDescription;
import io.kraft.engine.reliability.Proves;
import io.kraft.engine.store.Store;
import io.kraft.engine.store.rocksdb.RocksDbOptions;
import io.kraft.engine.store.rocksdb.RocksDbStore;
import io.kraft.engine.testing.TestEngine;
import io.kraft.workflow.WorkflowContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A backup that is made while runs are started, opened by another engine.
 */
@Proves(fault = "A backup is made under load and restored",
		promise = "Every run acknowledged before is in it, and continues")
@Timeout(120)
class BackupAndRestoreTests {

	@TempDir
	Path temporary;

	@Test
	void everyRunThatWasAcknowledgedBeforeIsInTheBackupAndContinuesThere() throws InterruptedException {
		List<String> acknowledged = new CopyOnWriteArrayList<>();
		Path backup = this.temporary.resolve("backup");
		List<String> before;
		try (TestEngine engine = engine(this.temporary.resolve("data"))) {
			engine.start();
			AtomicBoolean stopped = new AtomicBoolean();
			Thread clients = Thread.ofPlatform().start(() -> {
				for (int i = 0; !stopped.get(); i++) {
					engine.run("order", "order-" + i, "x");
					acknowledged.add("order-" + i);
				}
			});
			await().until(() -> acknowledged.size() > 50);

			before = List.copyOf(acknowledged);
			BackupDescription description = engine.engine().storage().backup(backup);

			stopped.set(true);
			clients.join();
			assertThat(description.path()).isEqualTo(backup);
			assertThat(description.epoch()).isEqualTo(1);
			assertThat(description.runs()).isGreaterThanOrEqualTo(before.size());
			assertThat(description.sizeBytes()).isPositive();
			assertThat(description.createdAt()).isEqualTo(engine.time().instant());
		}

		try (TestEngine restored = engine(backup)) {
			restored.start();
			assertThat(restored.engine().health().epoch()).isEqualTo(2);
			for (String id : before) {
				restored.client().signal(id, "go", "on");
			}
			for (String id : before) {
				assertThat(restored.finish(restored.client().handle(id))).isEqualTo("on");
			}
		}
	}

	private static TestEngine engine(Path directory) {
		return new TestEngine().withStore((memory) -> {
			memory.close();
			return open(directory);
		}).workflow("order", String.class, (id) -> WorkflowContext.ofCallingRun().awaitSignal("go", String.class));
	}

	private static Store open(Path directory) {
		return RocksDbStore.open(new RocksDbOptions(directory, true));
	}

}

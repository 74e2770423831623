package io.kraft.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.kraft.client.WorkflowStatus;
import io.kraft.engine.codec.AesGcmEncryption;
import io.kraft.engine.codec.DeflateCompression;
import io.kraft.engine.codec.EncryptionKeys;
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
 * Encrypted payloads on a disk, over restarts with other keys.
 */
@Timeout(120)
class EncryptedDiskTests {

	private static final Map<String, String> KEYS = Map.of("2025", key('a', 16), "2026", key('b', 32));

	@TempDir
	private Path temporary;

	@Test
	void aPlainStoreIsEncryptedAndItsKeyRotatedWhileARunWaits() throws IOException {
		try (TestEngine plain = engine()) {
			plain.start().run("order", "o", "written-plain");
			awaitSuspended(plain);
		}
		signal("signal-one", encryption("2025", false));
		signal("signal-two", new DeflateCompression(0, 10_000), encryption("2026", false));
		try (TestEngine last = engine(new DeflateCompression(0, 10_000), encryption("2026", false))) {
			last.start().client().signal("o", "go", "signal-three");

			assertThat(last.finish(last.client().handle("o")))
				.isEqualTo("written-plain, signal-one, signal-two, signal-three");
			assertThat(last.finish(last.run("echo", "e", "written-secret"))).isEqualTo("written-secret");
			last.engine().storage().backup(this.temporary.resolve("backup"));
		}

		String data = contents(this.temporary.resolve("data"));
		assertThat(Stream.of("written-plain", "2025", "2026", "aes-gcm")).allMatch(data::contains);
		assertThat(Stream.of("signal-one", "signal-two", "signal-three", "written-secret")).noneMatch(data::contains);
		String backup = contents(this.temporary.resolve("backup"));
		assertThat(backup.contains("aes-gcm")).isTrue();
		assertThat(backup.contains("written-secret")).isFalse();
	}

	@Test
	void withoutItsOldKeyARunIsPausedAndWithItTheRunContinues() {
		try (TestEngine first = engine(encryption("2025", true))) {
			first.start().run("order", "o", "x");
			awaitSuspended(first);
		}
		EncryptionKeys newKey = EncryptionKeys.ofBase64("2026", Map.of("2026", KEYS.get("2026")));
		try (TestEngine lost = engine(new AesGcmEncryption(newKey, true))) {
			lost.start().client().signal("o", "go", "first");
			await().until(() -> lost.client().handle("o").status() == WorkflowStatus.PAUSED);
			assertThat(lost.client().handle("o").describe().reason()).startsWith("KRAFT-1004")
				.contains("with the key '2025', which is not one of [2026]");
			assertThat(lost.finish(lost.run("echo", "e", "others continue"))).isEqualTo("others continue");
		}
		try (TestEngine found = engine(encryption("2026", true))) {
			found.start().client().signal("o", "go", "second");
			found.client().signal("o", "go", "third");

			assertThat(found.finish(found.client().handle("o"))).isEqualTo("x, first, second, third");
		}
	}

	private void signal(String value, PayloadCodec... codecs) {
		try (TestEngine engine = engine(codecs)) {
			engine.start().client().signal("o", "go", value);
			await().until(() -> engine.client().operations("o").toString().contains(value));
			awaitSuspended(engine);
		}
	}

	private static void awaitSuspended(TestEngine engine) {
		await().until(() -> engine.client().handle("o").status() == WorkflowStatus.SUSPENDED);
	}

	private TestEngine engine(PayloadCodec... codecs) {
		return new TestEngine().with((builder) -> builder.payloadCodecs(List.of(codecs)).maxParkedWorkflows(0))
			.withStore((memory) -> {
				memory.close();
				return RocksDbStore.open(new RocksDbOptions(this.temporary.resolve("data"), true));
			})
			.workflow("echo", String.class, (argument) -> argument)
			.workflow("order", String.class, (argument) -> {
				WorkflowContext workflow = WorkflowContext.ofCallingRun();
				return String.join(", ", argument, workflow.awaitSignal("go", String.class),
						workflow.awaitSignal("go", String.class), workflow.awaitSignal("go", String.class));
			});
	}

	private static AesGcmEncryption encryption(String active, boolean required) {
		return new AesGcmEncryption(EncryptionKeys.ofBase64(active, KEYS), required);
	}

	private static String key(char letter, int bytes) {
		return Base64.getEncoder()
			.encodeToString(String.valueOf(letter).repeat(bytes).getBytes(StandardCharsets.UTF_8));
	}

	/** Of the logs, which are not compressed, and of the tables. */
	private static String contents(Path directory) throws IOException {
		StringBuilder contents = new StringBuilder();
		try (Stream<Path> files = Files.list(directory.resolve("db"))) {
			for (Path file : files.filter(Files::isRegularFile).toList()) {
				contents.append(Files.readString(file, StandardCharsets.ISO_8859_1));
			}
		}
		return contents.toString();
	}

}

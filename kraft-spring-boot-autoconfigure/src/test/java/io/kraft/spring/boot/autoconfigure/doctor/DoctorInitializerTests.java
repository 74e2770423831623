package io.kraft.spring.boot.autoconfigure.doctor;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.IntConsumer;

import io.kraft.engine.journal.JournalCodec;
import io.kraft.engine.journal.JournalEntry.RunStarted;
import io.kraft.engine.journal.Payload;
import io.kraft.engine.journal.Position;
import io.kraft.engine.store.Change;
import io.kraft.engine.store.RunRow;
import io.kraft.engine.store.Store;
import io.kraft.engine.store.Timer;
import io.kraft.engine.store.rocksdb.RocksDbOptions;
import io.kraft.engine.store.rocksdb.RocksDbStore;
import io.kraft.engine.store.rocksdb.RocksDbStores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.FileSystemUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class DoctorInitializerTests {

	private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

	private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

	@TempDir
	Path directory;

	@Test
	void aSoundStoreEndsWithZeroAndStartsNoBean() {
		store(true);

		assertThat(exitOf("--kraft.doctor")).isZero();
		assertThat(output()).contains(this.directory.toString(), "1 runs, 1 journal entries", "no findings");
	}

	@Test
	void violationsEndWithOneAndAreListed() {
		store(false);

		assertThat(exitOf("--kraft.doctor")).isEqualTo(1);
		assertThat(output()).contains("TIMER_MISSING run 1 'order?1'", "--kraft.doctor=repair");
		assertThat(exitOf("--kraft.doctor")).as("nothing was changed").isEqualTo(1);
	}

	@Test
	void aRepairEndsWithWhatIsLeft() {
		store(false);

		assertThat(exitOf("--kraft.doctor=repair")).isZero();
		assertThat(output()).contains("TIMER_MISSING", "1 keys written, 0 keys removed", "no findings");
		assertThat(exitOf("--kraft.doctor")).isZero();
	}

	@Test
	void eachOfSeveralPartitionsIsExaminedAndTheWorstCounts() throws IOException {
		RocksDbStores stores = new RocksDbStores(new RocksDbOptions(this.directory, true), 3);
		try (Store store = stores.apply(1)) {
			write(store, false);
		}

		assertThat(exitOf("--kraft.doctor")).isEqualTo(1);
		assertThat(output()).contains("Partition 0:", "Partition 1:", "TIMER_MISSING run 1", "Partition 2:");
		try (Store used = stores.apply(2)) {
			assertThat(used.epoch()).isZero();
			assertThat(exitOf("--kraft.doctor=repair")).isEqualTo(2);
		}
		assertThat(output()).contains("1 keys written", "KRAFT-4002");
		assertThat(exitOf("--kraft.doctor=repair")).isZero();
		assertThat(this.directory.resolve("partition-0/native")).doesNotExist();
		FileSystemUtils.deleteRecursively(this.directory.resolve("partition-2"));
		assertThat(exitOf("--kraft.doctor")).isEqualTo(2);
		assertThat(output()).contains("there is no store in " + this.directory.resolve("partition-2"));
	}

	@Test
	void aStoreInUseEndsWithTwo() {
		store(true);
		try (Store store = RocksDbStore.open(new RocksDbOptions(this.directory, true))) {
			assertThat(store.highestRun()).isEqualTo(1);
			assertThat(exitOf("--kraft.doctor=repair")).isEqualTo(2);
		}
		assertThat(output()).contains("KRAFT-4002", "in use by");
	}

	@Test
	void whatCannotBeExaminedEndsWithTwo() {
		assertThat(exitOf("--kraft.doctor")).as("no store").isEqualTo(2);
		assertThat(this.directory).isEmptyDirectory();
		assertThat(exitOf("--kraft.doctor=heal")).as("no such command").isEqualTo(2);
		assertThat(exitOf("--kraft.doctor", "--kraft.storage.type=memory")).as("in memory").isEqualTo(2);
		assertThat(exitOf("--kraft.doctor", "--kraft.storage.sync=perhaps")).as("a property").isEqualTo(2);
		assertThat(output()).contains("KRAFT-4004", "'heal'", "MEMORY", "perhaps");
	}

	@Test
	void anApplicationWithoutTheArgumentStarts() {
		SpringApplication application = application((code) -> {
			throw new AssertionError("exit " + code);
		});
		application.setWebApplicationType(WebApplicationType.NONE);
		application.setDefaultProperties(Map.of("kraft.doctor", "repair"));

		application.run("--kraft.enabled=false", "--spring.main.web-application-type=none").close();
	}

	@Test
	void isRegistered() throws Exception {
		try (var factories = getClass().getResourceAsStream("/META-INF/spring.factories")) {
			assertThat(new String(Objects.requireNonNull(factories).readAllBytes(), StandardCharsets.UTF_8))
				.contains(ApplicationContextInitializer.class.getName(), DoctorInitializer.class.getName());
		}
	}

	private int exitOf(String... arguments) {
		List<String> all = new ArrayList<>(List.of(arguments));
		all.add("--kraft.storage.path=" + this.directory);
		Exited exited = new Exited();
		SpringApplication application = application((code) -> {
			exited.code = code;
			throw exited;
		});
		application.setSources(Set.of(MustNotStart.class.getName()));
		assertThatExceptionOfType(Exited.class).isThrownBy(() -> application.run(all.toArray(String[]::new)));
		return exited.code;
	}

	private SpringApplication application(IntConsumer exit) {
		SpringApplication application = new SpringApplication(Nothing.class);
		application.setInitializers(
				List.of(new DoctorInitializer(new PrintStream(this.printed, true, StandardCharsets.UTF_8), exit)));
		application.setLogStartupInfo(false);
		return application;
	}

	private String output() {
		return this.printed.toString(StandardCharsets.UTF_8);
	}

	private void store(boolean sound) {
		try (Store store = RocksDbStore.open(new RocksDbOptions(this.directory, true))) {
			write(store, sound);
		}
	}

	private static void write(Store store, boolean sound) {
		store.claim(1);
		RunRow row = RunRow.pending(1, "order\u001b1", "order", 1, Map.of(), NOON).scheduled(NOON);
		store.commit(1, List.of(new Change.RunChanged(null, row),
				new Change.EntryAppended(1, 0, JournalCodec.encode(new RunStarted(Payload.NULL, 42, null, NOON)))));
		if (sound) {
			store.commit(1, List.of(new Change.TimerSet(new Timer(NOON, 1, Position.ROOT))));
		}
	}

	@SuppressWarnings("serial")
	private static final class Exited extends RuntimeException {

		private int code = -1;

	}

	@Configuration(proxyBeanMethods = false)
	static class Nothing {

	}

	@Configuration(proxyBeanMethods = false)
	static class MustNotStart {

		@Bean
		String bean() {
			throw new AssertionError("The application has started");
		}

	}

}

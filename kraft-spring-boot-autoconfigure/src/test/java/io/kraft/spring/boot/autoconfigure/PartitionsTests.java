package io.kraft.spring.boot.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.kraft.client.StartOptions;
import io.kraft.client.WorkflowClient;
import io.kraft.client.WorkflowQuery;
import io.kraft.engine.KraftEngine;
import io.kraft.engine.store.Store;
import io.kraft.engine.store.StoreIdentity;
import io.kraft.engine.store.memory.MemoryMedium;
import io.kraft.engine.store.rocksdb.RocksDbOptions;
import io.kraft.engine.store.rocksdb.RocksDbStores;
import io.kraft.spring.boot.autoconfigure.actuate.KraftHealthContributorAutoConfiguration;
import io.kraft.spring.boot.autoconfigure.observation.KraftMeterAutoConfiguration;
import io.kraft.workflow.Workflow;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application with several partitions.
 */
class PartitionsTests {

	@TempDir
	private Path temporary;

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(KraftAutoConfiguration.class,
				KraftHealthContributorAutoConfiguration.class, KraftMeterAutoConfiguration.class))
		.withBean(SimpleMeterRegistry.class)
		.withBean(Echo.class);

	@Test
	void areDirectoriesBesideEachOtherThatARestartFindsAgain() throws IOException {
		ApplicationContextRunner onDisk = onDisk(4);
		onDisk.run((context) -> {
			assertRuns(context.getBean(WorkflowClient.class));
			assertThat(context.getBeansOfType(HealthIndicator.class).values())
				.allSatisfy((indicator) -> assertThat(indicator.health().getStatus()).isEqualTo(Status.UP));
			MeterRegistry meters = new SimpleMeterRegistry();
			context.getBeansOfType(MeterBinder.class).values().forEach((binder) -> binder.bindTo(meters));
			assertThat(meters.get("kraft.journal.bytes").gauge().value()).isPositive();
		});

		try (Stream<Path> entries = Files.list(data())) {
			assertThat(entries.map((entry) -> entry.getFileName().toString())).contains("kraft.partitions",
					"partition-0", "partition-1", "partition-2", "partition-3");
		}
		onDisk.run((context) -> assertThat(context.getBean(WorkflowClient.class).list(WorkflowQuery.all()).items())
			.hasSize(20));
	}

	@Test
	void areThereInMemoryToo() {
		memory(4).run((context) -> {
			assertRuns(context.getBean(WorkflowClient.class));
			KraftEngine engine = context.getBean(KraftEngine.class);
			engine.stop();
			engine.start();
			assertThat(context.getBean(WorkflowClient.class).list(WorkflowQuery.all()).items()).hasSize(20);
		});
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 3 })
	void ofAnotherNumberFailTheStartWithFoundExpectedAndFix(int other) {
		new RocksDbStores(new RocksDbOptions(data(), true), 2).apply(0).close();

		FailureAnalysis analysis = FailedStart.of("kraft.storage.type=rocksdb", "kraft.storage.path=" + data(),
				"kraft.engine.partitions=" + other);

		assertThat(analysis.getDescription()).contains("KRAFT-5008: the data directory " + data()
				+ " was made with kraft.engine.partitions=2, but it is " + other + " now");
		assertThat(analysis.getAction()).contains("Set 'kraft.engine.partitions' to the number")
			.contains("guide/partitions.md");
	}

	@Test
	void areRefusedWithAStoreOfTheApplicationThatIsOneOnly() {
		FailureAnalysis analysis = FailedStart.of(OnlyStore.class, "kraft.engine.partitions=2");

		assertThat(analysis.getDescription()).contains("'kraft.engine.partitions'")
			.contains("It must be 1 where the application has a bean Supplier<Store>")
			.contains("Declare a bean IntFunction<Store> in its place");
	}

	@Test
	void haveStoresOfTheApplication() {
		memory(3).withUserConfiguration(OwnStores.class).run((context) -> {
			assertThat(context).doesNotHaveBean("kraftStore").doesNotHaveBean("kraftStores");
			assertRuns(context.getBean(WorkflowClient.class));
			assertThat(context.getBean(OwnStores.class).media)
				.allSatisfy((medium) -> assertThat(medium.size()).isGreaterThan(10));
		});
	}

	private ApplicationContextRunner onDisk(int partitions) {
		return this.runner.withPropertyValues("kraft.storage.type=rocksdb", "kraft.storage.path=" + data(),
				"kraft.engine.partitions=" + partitions);
	}

	private ApplicationContextRunner memory(int partitions) {
		return this.runner.withPropertyValues("kraft.storage.type=memory", "kraft.engine.partitions=" + partitions);
	}

	private Path data() {
		return this.temporary.resolve("data");
	}

	private static void assertRuns(WorkflowClient client) {
		for (int number = 0; number < 20; number++) {
			assertThat(client.start("echo", StartOptions.defaults().id("r" + number), "x").result()).isEqualTo("x!");
		}
	}

	static class Echo {

		@Workflow(name = "echo")
		public String echo(String text) {
			return text + "!";
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnStores {

		private final List<MemoryMedium> media = IntStream.range(0, 3)
			.mapToObj((partition) -> new MemoryMedium())
			.toList();

		@Bean
		IntFunction<Store> ownStores() {
			return (partition) -> this.media.get(partition).open(new StoreIdentity(partition, 3));
		}

	}

	static class OnlyStore {

		@Bean
		Supplier<Store> onlyStore() {
			return () -> new MemoryMedium().open();
		}

	}

}

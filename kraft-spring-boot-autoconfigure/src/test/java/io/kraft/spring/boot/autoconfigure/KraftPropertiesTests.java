package io.kraft.spring.boot.autoconfigure;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import io.kraft.engine.definition.RetryPolicy;
import io.kraft.engine.run.ArgumentMismatch;
import io.kraft.engine.run.OffThreadCalls;
import io.kraft.spring.boot.autoconfigure.selfinvocation.SelfInvocation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

class KraftPropertiesTests {

	@Test
	void withoutConfigurationEveryPropertyHasItsDefault() {
		KraftProperties properties = bind(Map.of());

		assertThat(properties.enabled()).isTrue();
		assertThat(properties.storage().type()).isEqualTo(KraftProperties.Storage.Type.ROCKSDB);
		assertThat(properties.storage().directory()).isEqualTo(Path.of("./data/kraft"));
		assertThat(properties.storage().sync()).isTrue();
		assertThat(properties.storage().nativeMemory()).isEqualTo(DataSize.ofMegabytes(256));
		assertThat(properties.storage().backupDirectory()).isNull();
		assertThat(properties.engine()).isEqualTo(new KraftProperties.Engine(1, 10_000, 10_000, DataSize.ofMegabytes(2),
				50_000, null, DataSize.ofMegabytes(16), null, DataSize.ofMegabytes(256), 64, DataSize.ofKilobytes(16),
				100_000, DataSize.ofMegabytes(16), DataSize.ofMegabytes(16), OffThreadCalls.REFUSE));
		assertThat(properties.client().callTimeout()).isNull();
		assertThat(properties.defaults().step().retry().toPolicy()).isEqualTo(RetryPolicy.defaults());
		assertThat(properties.journal().recordArguments()).isTrue();
		assertThat(properties.replay().argumentMismatch()).isEqualTo(ArgumentMismatch.WARN);
		assertThat(properties.proxy().selfInvocation()).isEqualTo(SelfInvocation.FAIL);
		assertThat(properties.retention()).isEqualTo(Duration.ofDays(7));
		assertThat(properties.shutdownGracePeriod()).isEqualTo(Duration.ofSeconds(30));
	}

	@Test
	void valuesAtTheirBoundsAreAccepted() {
		KraftProperties properties = bind(
				Map.of("kraft.engine.max-concurrent-workflows", "1", "kraft.engine.max-parked-workflows", "0",
						"kraft.engine.max-payload-size", "1B", "kraft.engine.max-journal-entries", "1",
						"kraft.defaults.step.retry.max-attempts", "1", "kraft.defaults.step.retry.initial-delay", "0s",
						"kraft.defaults.step.retry.multiplier", "1", "kraft.defaults.step.retry.max-delay", "0s",
						"kraft.retention", "0s", "kraft.shutdown-grace-period", "0s"));

		assertThat(properties.engine()).isEqualTo(new KraftProperties.Engine(1, 1, 0, DataSize.ofBytes(1), 1, null,
				DataSize.ofMegabytes(16), null, DataSize.ofMegabytes(256), 64, DataSize.ofKilobytes(16), 100_000,
				DataSize.ofMegabytes(16), DataSize.ofMegabytes(16), OffThreadCalls.REFUSE));
		assertThat(properties.shutdownGracePeriod()).isZero();
	}

	@Test
	void aPathIsTakenFromTheWorkingDirectoryEvenIfTheClassPathHasAFolderOfThatName() {
		KraftProperties properties = bind(Map.of("kraft.storage.path", "META-INF"));

		assertThat(properties.storage().directory()).isEqualTo(Path.of("META-INF"));
	}

	@ParameterizedTest
	@CsvSource({ "kraft.engine.partitions, 0, 1 to 64", "kraft.engine.partitions, 65, 1 to 64",
			"kraft.engine.max-concurrent-workflows, 0, at least 1", "kraft.engine.max-parked-workflows, -1, at least 0",
			"kraft.engine.max-payload-size, 0B, at least 1B", "kraft.engine.max-loaded-journals, 0B, at least 1B",
			"kraft.engine.max-inbox, 0B, at least 1B", "kraft.engine.max-loaded-inboxes, 0B, at least 1B",
			"kraft.engine.max-journal-size, 0B, at least 1B", "kraft.engine.max-tags, 0, at least 1",
			"kraft.engine.max-tags-size, 0B, at least 1B", "kraft.engine.max-message-ids, 0, at least 1",
			"kraft.engine.max-published-size, 0B, at least 1B", "kraft.engine.max-state-size, 0B, at least 1B",
			"kraft.web.max-stream-memory, 0B, at least 1B", "kraft.web.max-scheduled-runs, -1, at least 0",
			"kraft.engine.max-journal-entries, 0, at least 1", "kraft.defaults.step.retry.max-attempts, 0, at least 1",
			"kraft.defaults.step.retry.initial-delay, -1s, at least 0",
			"kraft.defaults.step.retry.multiplier, 0.9, at least 1",
			"kraft.defaults.step.retry.multiplier, NaN, at least 1",
			"kraft.defaults.step.retry.multiplier, Infinity, at least 1",
			"kraft.defaults.step.retry.max-delay, -1s, at least 0", "kraft.defaults.step.retry.jitter, 1.1, 0 to 1",
			"kraft.defaults.step.retry.jitter, -0.1, 0 to 1", "kraft.retention, -1d, at least 0",
			"kraft.shutdown-grace-period, -1s, at least 0", "kraft.storage.path, ' ', not empty",
			"kraft.storage.native-memory, 31MB, at least 33554432B", "kraft.storage.backup-path, ' ', not empty",
			"kraft.storage.backup-timeout, -1s, at least 0", "kraft.client.call-timeout, 0s, more than 0" })
	void aValueOutOfBoundsFailsTheStartWithPropertyValueBoundAndCure(String property, String value, String bound) {
		FailureAnalysis analysis = FailedStart.of(property + "=" + value);

		assertThat(analysis.getDescription()).contains("'" + property + "'")
			.contains("'" + value + "'")
			.contains("commandLineArgs")
			.contains("It must be " + bound);
		assertThat(analysis.getAction()).contains("'" + property + "'").contains("default");
	}

	@Test
	void nativeMemoryGrowsWithTheNumberOfPartitions() {
		assertThat(bind(Map.of("kraft.engine.partitions", "16")).engine().partitions()).isEqualTo(16);
		assertThat(bind(Map.of("kraft.engine.partitions", "64", "kraft.storage.native-memory", "1GB")).engine()
			.partitions()).isEqualTo(64);

		FailureAnalysis analysis = FailedStart.of("kraft.engine.partitions=17");

		assertThat(analysis.getDescription()).contains("'kraft.storage.native-memory'")
			.contains("It must be at least 272MB for kraft.engine.partitions=17");
	}

	@ParameterizedTest
	@CsvSource({ "kraft.enabled, ture, configuration", "kraft.storage.type, tape, ROCKSDB",
			"kraft.replay.argument-mismatch, sulk, PAUSE", "kraft.proxy.self-invocation, maybe, IGNORE",
			"kraft.engine.off-thread-calls, sometimes, ALLOW", "kraft.retention, tomorrow, configuration",
			"kraft.engine.max-concurrent-workflows, many, configuration" })
	void aValueOfAnotherTypeFailsTheStartWithPropertyAndValue(String property, String value, String cure) {
		FailureAnalysis analysis = FailedStart.of(property + "=" + value);

		assertThat(analysis.getDescription()).contains(property).contains(value);
		assertThat(analysis.getAction()).contains(cure);
	}

	private static KraftProperties bind(Map<String, String> properties) {
		return new Binder(new MapConfigurationPropertySource(properties)).bindOrCreate("kraft", KraftProperties.class);
	}

}

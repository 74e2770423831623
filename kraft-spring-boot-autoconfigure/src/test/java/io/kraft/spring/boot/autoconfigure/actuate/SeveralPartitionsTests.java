package io.kraft.spring.boot.autoconfigure.actuate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import io.kraft.client.StartOptions;
import io.kraft.client.WorkflowClient;
import io.kraft.engine.routing.PartitionMap;
import io.kraft.engine.store.memory.MemoryMedium;
import io.kraft.spring.boot.autoconfigure.KraftAutoConfiguration;
import io.kraft.spring.boot.autoconfigure.KraftEngineBuilderCustomizer;
import io.kraft.spring.boot.autoconfigure.observation.KraftMeterAutoConfiguration;
import io.kraft.workflow.KraftException;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.autoconfigure.registry.HealthContributorRegistryAutoConfiguration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.health.registry.HealthContributorRegistry;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What an operator sees of an engine of several partitions.
 */
class SeveralPartitionsTests {

	private static final int PARTITIONS = 3;

	private final List<MemoryMedium> media = new ArrayList<>(
			IntStream.range(0, PARTITIONS).mapToObj((number) -> new MemoryMedium()).toList());

	private final ApplicationContextRunner one = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(KraftAutoConfiguration.class,
				KraftHealthContributorAutoConfiguration.class, KraftInfoContributorAutoConfiguration.class,
				KraftMeterAutoConfiguration.class, HealthContributorRegistryAutoConfiguration.class))
		.withUserConfiguration(ActuatorApplication.Beans.class)
		.withBean(MeterRegistry.class, SimpleMeterRegistry::new)
		.withPropertyValues("kraft.storage.type=memory");

	private final ApplicationContextRunner several = this.one.withBean(KraftEngineBuilderCustomizer.class,
			() -> (builder) -> builder.stores(PARTITIONS, (number) -> this.media.get(number).open()));

	@Test
	void oneThatHasFailedIsDownInTheHealthAndUpInTheReadiness() {
		this.several.run((context) -> {
			assertThat(health(context, "kraftPartitions").getStatus()).isEqualTo(Status.UP);

			fail(context, 1);

			Health partitions = health(context, "kraftPartitions");
			assertThat(partitions.getStatus()).isEqualTo(Status.DOWN);
			assertThat(partitions.getDetails()).extractingByKey("failed", InstanceOfAssertFactories.MAP)
				.hasEntrySatisfying("1", (cause) -> assertThat(cause.toString()).contains("KRAFT-4001"));
			Health kraft = health(context, "kraft");
			assertThat(kraft.getStatus()).isEqualTo(Status.UP);
			assertThat(kraft.getDetails()).containsEntry("failedPartitions", List.of(1));
		});
	}

	@Test
	void theLastOneThatFailsIsDownInTheReadiness() {
		this.several.run((context) -> {
			IntStream.range(0, PARTITIONS).forEach((number) -> fail(context, number));

			assertThat(health(context, "kraft").getStatus()).isEqualTo(Status.DOWN);
		});
	}

	@Test
	void theInfoHasWhatEachOfThemHolds() {
		this.several.run((context) -> {
			context.getBean(WorkflowClient.class).start("pay", StartOptions.defaults().id(idIn(2)), "o").result();
			fail(context, 1);

			List<Map<String, Object>> partitions = partitions(context);

			assertThat(partitions).extracting("number").containsExactly(0, 1, 2);
			assertThat(partitions).extracting("state").containsExactly("RUNNING", "FAILED", "RUNNING");
			assertThat(partitions.get(2).get("runs")).hasToString("{COMPLETED=1}");
			assertThat(partitions.get(2).get("outbox")).isEqualTo(List.of());
		});
	}

	@Test
	void eachHasItsMeters() {
		this.several.run((context) -> {
			MeterRegistry meters = context.getBean(MeterRegistry.class);
			context.getBeansOfType(MeterBinder.class).values().forEach((binder) -> binder.bindTo(meters));
			fail(context, 1);

			assertThat(meters.get("kraft.partition.up").tag("partition", "0").gauge().value()).isEqualTo(1);
			assertThat(meters.get("kraft.partition.up").tag("partition", "1").gauge().value()).isZero();
			assertThat(meters.find("kraft.outbox.rows").gauges()).hasSize(PARTITIONS);
			assertThat(meters.find("kraft.outbox.age").gauges()).hasSize(PARTITIONS);
			assertThat(meters.find("kraft.outbox.stopped").gauges()).hasSize(PARTITIONS);
			assertThat(meters.get("kraft.commit.queue").gauges()).hasSize(1);
		});
	}

	@Test
	void theOnlyOneIsNotSpokenOf() {
		this.one.run((context) -> {
			assertThat(context.getBean(HealthContributorRegistry.class).getContributor("kraftPartitions")).isNull();
			assertThat(health(context, "kraft").getDetails()).doesNotContainKey("failedPartitions");
			assertThat(kraft(context)).doesNotContainKey("partitions");
			MeterRegistry meters = context.getBean(MeterRegistry.class);
			context.getBeansOfType(MeterBinder.class).values().forEach((binder) -> binder.bindTo(meters));
			assertThat(meters.getMeters()).isNotEmpty().noneMatch((meter) -> meter.getId().getTag("partition") != null);
		});
	}

	private void fail(ApplicationContext context, int partition) {
		this.media.get(partition).failWrites();
		WorkflowClient client = context.getBean(WorkflowClient.class);
		assertThatExceptionOfType(KraftException.class)
			.isThrownBy(() -> client.start("pay", StartOptions.defaults().id(idIn(partition)), "o"));
	}

	private static String idIn(int partition) {
		PartitionMap map = new PartitionMap(PARTITIONS);
		return IntStream.iterate(0, (number) -> number + 1)
			.mapToObj((number) -> "id-" + number)
			.filter((id) -> map.of(id) == partition)
			.findFirst()
			.orElseThrow();
	}

	private static Health health(ApplicationContext context, String component) {
		return ((HealthIndicator) context.getBean(HealthContributorRegistry.class).getContributor(component)).health();
	}

	@SuppressWarnings("unchecked")
	private static Map<String, Object> kraft(ApplicationContext context) {
		Info.Builder builder = new Info.Builder();
		context.getBean(KraftInfoContributor.class).contribute(builder);
		return (Map<String, Object>) builder.build().getDetails().get("kraft");
	}

	@SuppressWarnings("unchecked")
	private static List<Map<String, Object>> partitions(ApplicationContext context) {
		return (List<Map<String, Object>>) kraft(context).get("partitions");
	}

}

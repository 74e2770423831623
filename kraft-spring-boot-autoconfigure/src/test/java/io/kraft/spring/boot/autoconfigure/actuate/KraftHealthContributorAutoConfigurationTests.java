package io.kraft.spring.boot.autoconfigure.actuate;

import java.nio.file.Path;
import java.util.Properties;

import io.kraft.client.WorkflowClient;
import io.kraft.spring.boot.autoconfigure.KraftAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.io.support.PropertiesLoaderUtils;

import static org.assertj.core.api.Assertions.assertThat;

class KraftHealthContributorAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(
				AutoConfigurations.of(KraftAutoConfiguration.class, KraftHealthContributorAutoConfiguration.class))
		.withPropertyValues("kraft.storage.type=memory");

	@Test
	void aRunningEngineIsUp() {
		this.runner.run((context) -> assertThat(context.getBean(KraftHealthIndicator.class).health().getStatus())
			.isEqualTo(Status.UP));
	}

	@Test
	void aStoppedEngineIsDown() {
		this.runner.run((context) -> {
			context.stop();
			assertThat(context.getBean(KraftHealthIndicator.class).health().getStatus()).isEqualTo(Status.DOWN);
		});
	}

	@Test
	void anEngineWhoseDiskIsAlmostFullIsDown(@TempDir Path directory) {
		onDisk(directory, "1000000TB").run((context) -> assertThat(context.getBean(KraftHealthIndicator.class).health())
			.returns(Status.DOWN, Health::getStatus)
			.satisfies((health) -> assertThat(health.getDetails()).containsKey("freeSpace")));
	}

	@Test
	void aMinimumOfZeroIsNotChecked(@TempDir Path directory) {
		onDisk(directory, "0").run((context) -> assertThat(context.getBean(KraftHealthIndicator.class).health())
			.returns(Status.UP, Health::getStatus)
			.satisfies((health) -> assertThat(health.getDetails()).doesNotContainKey("freeSpace")));
	}

	private ApplicationContextRunner onDisk(Path directory, String minimum) {
		return this.runner.withPropertyValues("kraft.storage.type=rocksdb", "kraft.storage.path=" + directory,
				"kraft.storage.min-free-space=" + minimum);
	}

	@Test
	void theContributorIsNotThereWhenItIsDisabled() {
		this.runner.withPropertyValues("management.health.kraft.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(HealthContributor.class));
	}

	@Test
	void theContributorIsNotThereWithoutAnEngine() {
		this.runner.withPropertyValues("kraft.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(HealthContributor.class));
	}

	@Test
	void theContributorBacksOff() {
		HealthIndicator own = () -> Health.up().build();

		this.runner.withBean("kraftHealthContributor", HealthIndicator.class, () -> own)
			.run((context) -> assertThat(context).getBean(HealthContributor.class).isSameAs(own));
	}

	@Test
	void withoutBootsHealthTheApplicationStarts() {
		this.runner.withClassLoader(new FilteredClassLoader(HealthContributor.class))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(WorkflowClient.class)
				.doesNotHaveBean("kraftHealthContributor"));
	}

	@Test
	void bootIsToldBeforeItLooksAtTheConditionsWhichClassesTheyNeed() throws Exception {
		Properties index = PropertiesLoaderUtils.loadAllProperties("META-INF/spring-autoconfigure-metadata.properties");

		assertThat(index.getProperty(KraftHealthContributorAutoConfiguration.class.getName() + ".ConditionalOnClass"))
			.contains(HealthContributor.class.getName(), ConditionalOnEnabledHealthIndicator.class.getName());
	}

}

package io.kraft.spring.boot.autoconfigure.actuate;

import java.util.List;
import java.util.Map;

import io.kraft.client.StartOptions;
import io.kraft.client.WorkflowClient;
import io.kraft.client.WorkflowStatus;
import io.kraft.spring.boot.autoconfigure.KraftAutoConfiguration;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.actuate.info.InfoContributor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

class KraftInfoContributorAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(
				AutoConfigurations.of(KraftAutoConfiguration.class, KraftInfoContributorAutoConfiguration.class))
		.withPropertyValues("kraft.storage.type=memory");

	@Test
	void anApplicationTellsWhatItRunsAndHowManyRunsItHolds() {
		this.runner.withUserConfiguration(ActuatorApplication.Beans.class).run((context) -> {
			context.getBean(WorkflowClient.class).start("pay", StartOptions.defaults().id("o"), "o").result();

			assertThat(kraft(context)).contains(entry("storage", "memory"), entry("epoch", 1L),
					entry("runs", Map.of(WorkflowStatus.COMPLETED, 1L)), entry("queues", List.of("mails")),
					entry("schedules", List.of("nightly")));
			assertThat(kraft(context)).extractingByKey("workflows", InstanceOfAssertFactories.MAP)
				.containsEntry("pay", List.of(1));
		});
	}

	@Test
	void anEngineThatHasStoppedStillTellsWhatItIs() {
		this.runner.withUserConfiguration(ActuatorApplication.Beans.class).run((context) -> {
			context.stop();

			assertThat(kraft(context)).containsEntry("runs", Map.of())
				.containsEntry("schedules", List.of())
				.containsKey("workflows");
		});
	}

	@Test
	void theContributorIsNotThereWhenItIsDisabled() {
		this.runner.withPropertyValues("management.info.kraft.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(InfoContributor.class));
		this.runner.withPropertyValues("management.info.defaults.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(InfoContributor.class));
	}

	@Test
	void theContributorIsNotThereWithoutAnEngine() {
		this.runner.withPropertyValues("kraft.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(InfoContributor.class));
	}

	@Test
	void theContributorBacksOff() {
		InfoContributor own = (builder) -> builder.withDetail("kraft", "mine");

		this.runner.withBean("kraftInfoContributor", InfoContributor.class, () -> own)
			.run((context) -> assertThat(context).getBean(InfoContributor.class).isSameAs(own));
	}

	@Test
	void withoutTheActuatorTheApplicationStarts() {
		this.runner.withClassLoader(new FilteredClassLoader(InfoContributor.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("kraftInfoContributor"));
	}

	@SuppressWarnings("unchecked")
	private static Map<String, Object> kraft(ApplicationContext context) {
		Info.Builder builder = new Info.Builder();
		context.getBean(InfoContributor.class).contribute(builder);
		return (Map<String, Object>) builder.build().getDetails().get("kraft");
	}

}

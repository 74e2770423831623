package io.kraft.spring.boot.autoconfigure.actuate;

import java.util.Properties;

import io.kraft.client.WorkflowClient;
import io.kraft.spring.boot.autoconfigure.FakeWorkflowClient;
import io.kraft.spring.boot.autoconfigure.KraftAutoConfiguration;
import org.junit.jupiter.api.Test;

import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.io.support.PropertiesLoaderUtils;

import static org.assertj.core.api.Assertions.assertThat;

class KraftEndpointAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(KraftAutoConfiguration.class, KraftEndpointAutoConfiguration.class))
		.withPropertyValues("kraft.storage.type=memory");

	private final ApplicationContextRunner exposed = this.runner
		.withPropertyValues("management.endpoints.web.exposure.include=workflowruns,workflowschedules,workflowqueues");

	@Test
	void theEndpointIsThereWhenItIsExposed() {
		this.exposed.run((context) -> assertThat(context).hasSingleBean(WorkflowRunsEndpoint.class)
			.hasSingleBean(WorkflowRunsEndpointWebExtension.class)
			.hasSingleBean(WorkflowSchedulesEndpoint.class)
			.hasSingleBean(WorkflowSchedulesEndpointWebExtension.class)
			.hasSingleBean(WorkflowQueuesEndpoint.class)
			.hasSingleBean(WorkflowQueuesEndpointWebExtension.class));
	}

	@Test
	void theEndpointIsNotThereWhenItIsNotExposed() {
		this.runner.run((context) -> assertThat(context).doesNotHaveBean(WorkflowRunsEndpoint.class)
			.doesNotHaveBean(WorkflowRunsEndpointWebExtension.class)
			.doesNotHaveBean(WorkflowSchedulesEndpoint.class)
			.doesNotHaveBean(WorkflowQueuesEndpoint.class));
	}

	@Test
	void theEndpointIsNotThereWithoutAccess() {
		this.exposed.withPropertyValues("management.endpoint.workflowruns.access=NONE")
			.run((context) -> assertThat(context).doesNotHaveBean(WorkflowRunsEndpoint.class));
	}

	@Test
	void theEndpointIsNotThereWithoutAClient() {
		this.exposed.withPropertyValues("kraft.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(WorkflowRunsEndpoint.class));
	}

	@Test
	void theEndpointServesAnApplicationsOwnClient() {
		this.exposed.withPropertyValues("kraft.enabled=false")
			.withBean(WorkflowClient.class, FakeWorkflowClient::new)
			.run((context) -> assertThat(context).hasSingleBean(WorkflowRunsEndpoint.class));
	}

	@Test
	void theEndpointBacksOff() {
		WorkflowRunsEndpoint own = new WorkflowRunsEndpoint(new FakeWorkflowClient());

		this.exposed.withBean(WorkflowRunsEndpoint.class, () -> own)
			.run((context) -> assertThat(context).getBean(WorkflowRunsEndpoint.class).isSameAs(own));
	}

	@Test
	void eachEndpointIsThereByItself() {
		this.runner.withPropertyValues("management.endpoints.web.exposure.include=workflowqueues")
			.run((context) -> assertThat(context).hasSingleBean(WorkflowQueuesEndpoint.class)
				.doesNotHaveBean(WorkflowRunsEndpoint.class)
				.doesNotHaveBean(WorkflowSchedulesEndpoint.class));
	}

	@Test
	void theOtherEndpointsBackOff() {
		WorkflowSchedulesEndpoint schedules = new WorkflowSchedulesEndpoint(new FakeWorkflowClient());
		WorkflowQueuesEndpoint queues = new WorkflowQueuesEndpoint(new FakeWorkflowClient());

		this.exposed.withBean(WorkflowSchedulesEndpoint.class, () -> schedules)
			.withBean(WorkflowQueuesEndpoint.class, () -> queues)
			.run((context) -> {
				assertThat(context).getBean(WorkflowSchedulesEndpoint.class).isSameAs(schedules);
				assertThat(context).getBean(WorkflowQueuesEndpoint.class).isSameAs(queues);
			});
	}

	@Test
	void withoutTheActuatorTheApplicationStarts() {
		this.exposed.withClassLoader(new FilteredClassLoader(Endpoint.class))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(WorkflowClient.class)
				.doesNotHaveBean("kraftWorkflowRunsEndpoint"));
	}

	@Test
	void bootIsToldBeforeItLooksAtTheConditionsWhichClassesTheyNeed() throws Exception {
		Properties index = PropertiesLoaderUtils.loadAllProperties("META-INF/spring-autoconfigure-metadata.properties");

		assertThat(index.getProperty(KraftEndpointAutoConfiguration.class.getName() + ".ConditionalOnClass"))
			.contains(Endpoint.class.getName(), ConditionalOnAvailableEndpoint.class.getName());
	}

}

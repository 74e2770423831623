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
		.withPropertyValues("management.endpoints.web.exposure.include=workflows,workflowschedules,workflowqueues");

	@Test
	void theEndpointIsThereWhenItIsExposed() {
		this.exposed.run((context) -> assertThat(context).hasSingleBean(WorkflowsEndpoint.class)
			.hasSingleBean(WorkflowsEndpointWebExtension.class)
			.hasSingleBean(WorkflowSchedulesEndpoint.class)
			.hasSingleBean(WorkflowSchedulesEndpointWebExtension.class)
			.hasSingleBean(WorkflowQueuesEndpoint.class)
			.hasSingleBean(WorkflowQueuesEndpointWebExtension.class));
	}

	@Test
	void theEndpointIsNotThereWhenItIsNotExposed() {
		this.runner.run((context) -> assertThat(context).doesNotHaveBean(WorkflowsEndpoint.class)
			.doesNotHaveBean(WorkflowsEndpointWebExtension.class)
			.doesNotHaveBean(WorkflowSchedulesEndpoint.class)
			.doesNotHaveBean(WorkflowQueuesEndpoint.class));
	}

	@Test
	void theEndpointIsNotThereWithoutAccess() {
		this.exposed.withPropertyValues("management.endpoint.workflows.access=NONE")
			.run((context) -> assertThat(context).doesNotHaveBean(WorkflowsEndpoint.class));
	}

	@Test
	void theEndpointIsNotThereWithoutAClient() {
		this.exposed.withPropertyValues("kraft.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(WorkflowsEndpoint.class));
	}

	@Test
	void theEndpointServesAnApplicationsOwnClient() {
		this.exposed.withPropertyValues("kraft.enabled=false")
			.withBean(WorkflowClient.class, FakeWorkflowClient::new)
			.run((context) -> assertThat(context).hasSingleBean(WorkflowsEndpoint.class));
	}

	@Test
	void theEndpointBacksOff() {
		WorkflowsEndpoint own = new WorkflowsEndpoint(new FakeWorkflowClient());

		this.exposed.withBean(WorkflowsEndpoint.class, () -> own)
			.run((context) -> assertThat(context).getBean(WorkflowsEndpoint.class).isSameAs(own));
	}

	@Test
	void eachEndpointIsThereByItself() {
		this.runner.withPropertyValues("management.endpoints.web.exposure.include=workflowqueues")
			.run((context) -> assertThat(context).hasSingleBean(WorkflowQueuesEndpoint.class)
				.doesNotHaveBean(WorkflowsEndpoint.class)
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
				.doesNotHaveBean("kraftWorkflowsEndpoint"));
	}

	@Test
	void bootIsToldBeforeItLooksAtTheConditionsWhichClassesTheyNeed() throws Exception {
		Properties index = PropertiesLoaderUtils.loadAllProperties("META-INF/spring-autoconfigure-metadata.properties");

		assertThat(index.getProperty(KraftEndpointAutoConfiguration.class.getName() + ".ConditionalOnClass"))
			.contains(Endpoint.class.getName(), ConditionalOnAvailableEndpoint.class.getName());
	}

}

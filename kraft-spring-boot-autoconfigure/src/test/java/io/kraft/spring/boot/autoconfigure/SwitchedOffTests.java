package io.kraft.spring.boot.autoconfigure;

import io.kraft.client.KraftDisabledException;
import io.kraft.client.WorkflowClient;
import io.kraft.spring.boot.autoconfigure.actuate.KraftEndpointAutoConfiguration;
import io.kraft.spring.boot.autoconfigure.event.KraftEventAutoConfiguration;
import io.kraft.workflow.ErrorDocs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * An application in which Kraft is switched off has a client that says so.
 */
@ExtendWith(OutputCaptureExtension.class)
class SwitchedOffTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(KraftAutoConfiguration.class, KraftEndpointAutoConfiguration.class,
				KraftEventAutoConfiguration.class, KraftSwitchedOffAutoConfiguration.class))
		.withPropertyValues("kraft.enabled=false", "management.endpoints.web.exposure.include=workflowruns");

	@Test
	void eachCallSaysThatKraftIsSwitchedOff() {
		this.runner.run((context) -> {
			WorkflowClient client = context.getBean(WorkflowClient.class);

			assertThatExceptionOfType(KraftDisabledException.class).isThrownBy(() -> client.start(() -> "x"))
				.withMessageStartingWith("KRAFT-3023: WorkflowClient.start(…) was called")
				.withMessageContaining("kraft.enabled=false");
			assertThatExceptionOfType(KraftDisabledException.class).isThrownBy(() -> client.find("x"));
			assertThat(client.equals(new Object())).isFalse();
			assertThat(client).hasToString("WorkflowClient[kraft.enabled=false]");
		});
	}

	@Test
	void oneLineOfTheLogSaysSoAndWhatFollows(CapturedOutput output) {
		LoggingSystem.get(getClass().getClassLoader())
			.setLogLevel(KraftSwitchedOffAutoConfiguration.class.getName(), LogLevel.INFO);

		this.runner
			.withInitializer(
					(context) -> context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
			.run((context) -> assertThat(
					output.getOut().lines().filter((line) -> line.contains("Kraft is switched off")))
				.singleElement()
				.asString()
				.contains("INFO")
				.contains("kraft.enabled=false")
				.contains("plain methods")
				.contains("calls of Kraft's WorkflowClient are refused")
				.endsWith("See " + ErrorDocs.section("KRAFT-3023")));
	}

	@Test
	void whereKraftIsOnNoLineSaysOtherwise(CapturedOutput output) {
		this.runner.withPropertyValues("kraft.enabled=true", "kraft.storage.type=memory")
			.run((context) -> assertThat(output.getAll()).doesNotContain("switched off"));
	}

	@Test
	void nothingElseIsThere() {
		this.runner.run((context) -> assertThat(context).doesNotHaveBean("kraftWorkflowRunsEndpoint")
			.doesNotHaveBean("kraftWorkflowEventPublisher"));
	}

	@Test
	void anApplicationsOwnClientStays() {
		this.runner.withBean("own", FakeWorkflowClient.class, FakeWorkflowClient::new)
			.run((context) -> assertThat(context).getBean(WorkflowClient.class).isInstanceOf(FakeWorkflowClient.class));
	}

	@Test
	void whereKraftIsOnItsClientIsThere() {
		this.runner.withPropertyValues("kraft.enabled=on", "kraft.storage.type=memory")
			.run((context) -> assertThat(context).hasSingleBean(WorkflowClient.class)
				.doesNotHaveBean("kraftSwitchedOffClient"));
	}

}

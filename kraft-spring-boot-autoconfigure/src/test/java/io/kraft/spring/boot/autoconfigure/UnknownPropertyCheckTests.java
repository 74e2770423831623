package io.kraft.spring.boot.autoconfigure;

import java.util.Map;

import io.kraft.spring.boot.autoconfigure.property.Overrides;
import io.kraft.workflow.ErrorDocs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link UnknownPropertyCheck}.
 */
class UnknownPropertyCheckTests {

	private final StandardEnvironment environment = new StandardEnvironment();

	private final DefaultListableBeanFactory beans = new DefaultListableBeanFactory();

	UnknownPropertyCheckTests() {
		this.beans.registerBeanDefinition("properties", new RootBeanDefinition(KraftProperties.class));
	}

	@Test
	void aMisspeltPropertyIsRefusedWithItsOriginAndTheNearestThatExists() {
		set("kraft.engine.max-conccurent-workflows", "5");

		assertRefused("The property 'kraft.engine.max-conccurent-workflows' ",
				"from property source \"kraft.engine.max-conccurent-workflows\"",
				"Is 'kraft.engine.max-concurrent-workflows' meant?");
	}

	@ParameterizedTest
	@CsvSource({ "kraft.engine.max-concurent, kraft.engine.max-concurrent-workflows",
			"kraft.engine.max-concurrent-wrokflows, kraft.engine.max-concurrent-workflows",
			"kraft.engine.max-concurrent, kraft.engine.max-concurrent-workflows",
			"kraft.shutdown-grace, kraft.shutdown-grace-period", "kraft.path, kraft.storage.path",
			"kraft.engine.retention, kraft.retention", "kraft.retnetion, kraft.retention",
			"kraft.storge.type, kraft.storage.type",
			"kraft.defaults.retry.max-attempts, kraft.defaults.step.retry.max-attempts",
			"kraft.steps[Payments.charge].retry.max-atempts, kraft.steps[Payments.charge].retry.max-attempts",
			"kraft.steps[Payments.charge].max-attempts, kraft.steps[Payments.charge].retry.max-attempts",
			"kraft.steps.charge-card.tmeout, kraft.steps.charge-card.timeout",
			"kraft.step[Payments.charge].retry.jitter, kraft.steps[Payments.charge].retry.jitter",
			"kraft.queue.emails.concurrency, kraft.queues.emails.concurrency" })
	void theNearestThatExistsIsNamed(String property, String meant) {
		set(property, "5");

		assertRefused("does not exist. Is '" + meant + "' meant?");
	}

	@Test
	void ofSeveralThatAreAsNearEachIsNamed() {
		set("kraft.engine.max-workflows", "5");

		assertRefused("Is one of 'kraft.engine.max-concurrent-workflows', 'kraft.engine.max-parked-workflows' meant?");
	}

	@ParameterizedTest
	@ValueSource(strings = { "kraft.colour-of-the-sky", "kraft.engine.horsepower", "kraft.storage.colour", "kraft.x",
			"kraft.steps[x].colour" })
	void nothingIsSuggestedForWhatIsLikeNone(String property) {
		set(property, "5");

		assertThatExceptionOfType(UnknownPropertiesException.class).isThrownBy(this::check)
			.withMessageNotContaining("meant?");
	}

	@Test
	void theStartFailsWithAllOfThemAndWhereThoseThatExistAre() {
		FailureAnalysis analysis = FailedStart.of("kraft.colour-of-the-sky=blue", "kraft.retenton=7d",
				"kraft.storage.type=memory");

		assertThat(analysis.getDescription())
			.containsPattern("'kraft\\.colour-of-the-sky' .*commandLineArgs.* does not exist\\.\n")
			.containsPattern("'kraft\\.retenton' .*commandLineArgs.* Is 'kraft\\.retention' meant\\?");
		assertThat(analysis.getAction()).contains(ErrorDocs.page("reference/properties.md").toString());
	}

	@ParameterizedTest
	@ValueSource(strings = { "kraft.steps[Payments.charge].max-attempts", "kraft.steps.Payments.charge.timeout",
			"kraft.steps.payments.charge.retry.jitter", "kraft.workflows[Orders.wait].max-retries",
			"kraft.queues.emails.out.concurrency" })
	void whatIsNoAttributeOfANameIsRefusedWithTheWayToWriteNames(String property) {
		set(property, "5");

		assertRefused("\"" + property + "\" from property source", "does not exist", "is written in brackets");
	}

	@Test
	void oneNameInTwoFormsThatBootBindsSeparatelyIsRefused() {
		set("kraft.steps[charge-card].timeout", "5s");
		set("kraft.steps.charge-card.retry.jitter", "0");

		assertRefused("'kraft.steps[charge-card].timeout'");
	}

	@Test
	void propertiesThatExistAreNotRefusedHoweverTheyAreWritten() {
		set("kraft.defaults.step.retry.max-attempts", "5");
		set("kraft.shutdownGracePeriod", "5s");
		set("kraft.web.allowed-origins[0]", "https://ops.example.com");
		set("kraft.logging.skip-on-replay", "com.example,org.example");
		set("kraft.steps[Payments.charge].retry.maxAttempts", "5");
		set("kraft.workflows.process-order.max_concurrent", "5");
		set("kraft.queues[Emails to the world].rate-limit.max", "5");
		set("krafty.shutdown", "5s");

		assertAccepted();
	}

	@ParameterizedTest
	@ValueSource(strings = { "kraft.client.call-timeout", "kraft.retention", "kraft.logging.skip-on-replay",
			"kraft.steps[Payments.charge].timeout", "kraft.queues.emails.retention" })
	void aPropertyThatIsEmptyExists(String property) {
		set(property, "");

		assertAccepted();
	}

	@Test
	void propertiesOfAFurtherBeanExist() {
		this.beans.registerBeanDefinition("further", new RootBeanDefinition(Further.class));
		set("kraft.further.colour", "blue");

		assertAccepted();
	}

	@Test
	void environmentVariablesAreNotRefusedBecauseKubernetesSetsThem() {
		this.environment.getPropertySources()
			.replace(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
					new SystemEnvironmentPropertySource(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
							Map.of("KRAFT_SERVICE_HOST", "10.0.0.1", "KRAFT_QUEUES_SERVICE_PORT", "80")));

		assertAccepted();
	}

	private void set(String property, String value) {
		this.environment.getPropertySources().addFirst(new MapPropertySource(property, Map.of(property, value)));
	}

	private void assertRefused(String... parts) {
		assertThatExceptionOfType(UnknownPropertiesException.class).isThrownBy(this::check)
			.satisfies((ex) -> assertThat(ex.getMessage()).contains(parts));
	}

	private void assertAccepted() {
		assertThatCode(this::check).doesNotThrowAnyException();
	}

	private void check() {
		new UnknownPropertyCheck(this.beans, this.environment, Overrides.of(this.environment))
			.afterSingletonsInstantiated();
	}

	@ConfigurationProperties("kraft.further")
	record Further(String colour) {
	}

}

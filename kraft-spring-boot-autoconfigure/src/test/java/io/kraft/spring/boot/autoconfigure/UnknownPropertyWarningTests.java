package io.kraft.spring.boot.autoconfigure;

import java.util.Map;

import io.kraft.spring.boot.autoconfigure.property.Overrides;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class UnknownPropertyWarningTests {

	private final StandardEnvironment environment = new StandardEnvironment();

	@Test
	void aMisspeltPropertyIsReportedWithTheNearestThatExists(CapturedOutput output) {
		set("kraft.engine.max-conccurent-workflows", "5");

		warn();

		assertThat(output).containsOnlyOnce("WARN")
			.contains("'kraft.engine.max-conccurent-workflows'")
			.contains("Is 'kraft.engine.max-concurrent-workflows' meant?");
	}

	@Test
	void forAPropertyThatIsLikeNoneNoneIsSuggested(CapturedOutput output) {
		set("kraft.colour-of-the-sky", "5s");

		warn();

		assertThat(output).containsOnlyOnce("WARN")
			.contains("'kraft.colour-of-the-sky'")
			.contains("docs/reference/properties.md")
			.doesNotContain("meant?");
	}

	@Test
	void propertiesThatExistAreNotReportedHoweverTheyAreWritten(CapturedOutput output) {
		set("kraft.defaults.step.retry.max-attempts", "5");
		set("kraft.shutdownGracePeriod", "5s");
		set("kraft.management.roles[0]", "CHIEF");
		set("krafty.shutdown", "5s");

		warn();

		assertThat(output).doesNotContain("WARN");
	}

	@Test
	void environmentVariablesAreNotReportedBecauseKubernetesSetsThem(CapturedOutput output) {
		this.environment.getPropertySources()
			.replace(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
					new SystemEnvironmentPropertySource(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
							Map.of("KRAFT_SERVICE_HOST", "10.0.0.1")));

		warn();

		assertThat(output).doesNotContain("WARN");
	}

	private void set(String property, String value) {
		this.environment.getPropertySources().addFirst(new MapPropertySource(property, Map.of(property, value)));
	}

	private void warn() {
		new UnknownPropertyWarning(this.environment, Overrides.of(this.environment)).afterSingletonsInstantiated();
	}

}

package io.kraft.spring.boot.autoconfigure;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link MovedProperties}.
 */
class MovedPropertiesTests {

	@ParameterizedTest
	@CsvSource({ "kraft.step.retry.max-attempts, kraft.defaults.step.retry.max-attempts",
			"kraft.step.retry.initial-delay, kraft.defaults.step.retry.initial-delay",
			"kraft.step.retry.multiplier, kraft.defaults.step.retry.multiplier",
			"kraft.step.retry.max-delay, kraft.defaults.step.retry.max-delay",
			"kraft.step.retry.jitter, kraft.defaults.step.retry.jitter",
			"kraft.management.show-payloads, management.endpoint.workflowruns.show-values",
			"kraft.management.roles, management.endpoint.workflowruns.roles" })
	void anOldNameIsRefusedWithTheNewOne(String old, String moved) {
		MockEnvironment environment = new MockEnvironment().withProperty(old, "3");

		assertThatExceptionOfType(InvalidConfigurationPropertyValueException.class)
			.isThrownBy(() -> MovedProperties.check(environment))
			.satisfies((ex) -> org.assertj.core.api.Assertions.assertThat(ex.getReason()).contains(moved));
	}

}

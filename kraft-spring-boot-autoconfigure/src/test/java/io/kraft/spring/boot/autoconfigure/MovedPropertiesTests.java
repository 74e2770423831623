package io.kraft.spring.boot.autoconfigure;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link MovedProperties}.
 */
class MovedPropertiesTests {

	@ParameterizedTest
	@ValueSource(strings = { "max-attempts", "initial-delay", "multiplier", "max-delay", "jitter" })
	void anOldNameIsRefusedWithTheNewOne(String name) {
		MockEnvironment environment = new MockEnvironment().withProperty("kraft.step.retry." + name, "3");

		assertThatExceptionOfType(InvalidConfigurationPropertyValueException.class)
			.isThrownBy(() -> MovedProperties.check(environment))
			.satisfies((ex) -> org.assertj.core.api.Assertions.assertThat(ex.getReason())
				.contains("kraft.defaults.step.retry." + name));
	}

}

package io.kraft.engine.journal.json;

import java.nio.charset.StandardCharsets;
import java.util.List;

import io.kraft.engine.journal.Payload;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class SameArgumentsTests {

	private final JacksonPayloads payloads = new JacksonPayloads(JacksonPayloads.defaultMapper(), List.of(), 1000);

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "[[1, 2]] | [[2, 1]] | true", "[1, 2] | [2, 1] | false",
					"[{\"a\": 1, \"b\": [1]}] | [{\"b\": [1], \"a\": 1}] | true", "[\"x\"] | [\"y\"] | false",
					"[1, 1] | [1] | false", "[\"1\"] | [1] | false", "[{\"a\": null}] | [{}] | false" })
	void argumentsAreComparedWithoutTheOrderInTheirLists(String one, String other, boolean same) {
		assertThat(this.payloads.areSameArguments(json(one), json(other))).isEqualTo(same);
	}

	@ParameterizedTest
	@CsvSource({ "{,{}", "1,2" })
	void whatIsNoJsonIsNotTheSame(String one, String other) {
		assertThat(this.payloads.areSameArguments(json(one), json(other))).isFalse();
	}

	private static Payload json(String text) {
		return Payload.json(text.getBytes(StandardCharsets.UTF_8));
	}

}

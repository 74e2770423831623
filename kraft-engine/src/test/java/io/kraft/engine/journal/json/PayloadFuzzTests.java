package io.kraft.engine.journal.json;

import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.kraft.engine.journal.Payload;
import io.kraft.engine.testing.HostileBytes;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever JSON is recorded is read as the declared type, or is refused with a code.
 */
class PayloadFuzzTests {

	private static final JacksonPayloads PAYLOADS = new JacksonPayloads(JacksonPayloads.defaultMapper(), List.of(),
			1 << 20);

	private static final List<Type> TYPES = List.of(Object.class, Order.class, int.class, Long.class, double.class,
			BigDecimal.class, BigInteger.class, String.class, Instant.class, Duration.class, byte[].class, Map.class);

	@Test
	void damagedValuesAreReadOrRefused() {
		HostileBytes.tryAll(sound(), 5, PayloadFuzzTests::read);
	}

	@MethodSource("sound")
	@FuzzTest(maxDuration = "10m")
	void anyValueIsReadOrRefused(byte[] bytes) {
		HostileBytes.tryOne(bytes, PayloadFuzzTests::read);
	}

	@ParameterizedTest
	@ValueSource(strings = { "1e999999999", "-1e-999999999", "1e2147483648", "1e99999999999999999999", "0e999999999",
			"1E+100001", "\"1e999999999\"", "\"PT999999999999999999999H\"", "\"+999999999999-01-01T00:00:00Z\"",
			"{\"amount\":1e999999999}", "{\"count\":1e99}", "\"\\ud800\"", "\"\\u0000\"", "1e", "-", "NaN" })
	void noValueOfAFewBytesIsWorthMuchMemory(String json) {
		HostileBytes.tryOne(json.getBytes(StandardCharsets.UTF_8), PayloadFuzzTests::read);
	}

	@ParameterizedTest
	@ValueSource(strings = { "[", "{\"a\":", "[[{\"a\":" })
	void noNestingExhaustsTheStack(String open) {
		HostileBytes.tryOne(open.repeat(100_000).getBytes(StandardCharsets.UTF_8), PayloadFuzzTests::read);
	}

	@Test
	void longNumbersAreReadOrRefused() {
		HostileBytes.tryOne("9".repeat(99_999).getBytes(StandardCharsets.UTF_8), PayloadFuzzTests::read);
		HostileBytes.tryOne("9".repeat(200_000).getBytes(StandardCharsets.UTF_8), PayloadFuzzTests::read);
	}

	static List<byte[]> sound() {
		return List
			.of("{\"id\":\"a\",\"count\":7,\"amount\":1.5,\"at\":\"2026-03-01T12:00:00Z\",\"tags\":{\"x\":[\"y\"]},"
					+ "\"next\":{\"id\":\"b\"}}", "[1,2,{\"a\":null}]", "\"text ü\"", "-12.5e3", "true", "null",
					"\"2026-03-01T12:00:00Z\"", "\"PT1H\"", "[]")
			.stream()
			.map((text) -> text.getBytes(StandardCharsets.UTF_8))
			.toList();
	}

	private static void read(byte[] json) {
		Payload payload = Payload.json(json);
		for (Type type : TYPES) {
			HostileBytes.readOrRefuse(() -> PAYLOADS.read(payload, type, "the value"));
		}
		HostileBytes.readOrRefuse(() -> PAYLOADS.readArguments(payload, List.of(Order.class, int.class), "arguments"));
		PAYLOADS.areSameArguments(payload, Payload.json("[1]".getBytes(StandardCharsets.UTF_8)));
		PAYLOADS.text(payload);
	}

	record Order(String id, @Nullable Integer count, @Nullable BigDecimal amount, @Nullable Instant at,
			@Nullable Map<String, List<String>> tags, @Nullable Order next, Optional<Order> other) {
	}

}

package io.kraft.engine.export;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.kraft.engine.journal.json.JacksonPayloads;
import io.kraft.engine.testing.HostileBytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Whatever a file holds is an exported journal, or is refused as the API says.
 */
class ExportedJournalFuzzTests {

	private static final Path GOLDEN = Path.of("src/test/resources/journals/v1/export.json");

	private static final JacksonPayloads PAYLOADS = new JacksonPayloads(JacksonPayloads.defaultMapper(), List.of(),
			1024);

	@Test
	void damagedTextIsReadOrRefused() {
		HostileBytes.tryAll(sound(), 25, ExportedJournalFuzzTests::read);
	}

	@MethodSource("sound")
	@FuzzTest(maxDuration = "10m")
	void anyTextIsReadOrRefused(byte[] bytes) {
		HostileBytes.tryOne(bytes, ExportedJournalFuzzTests::read);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "null", "7", "[]", "{}", "{\"format\":{}}", "{\"format\":[\"kraft-journal/1\"]}",
			"{\"format\":\"kraft-journal/1\"}", "{\"format\":\"kraft-journal/1\",\"entries\":[null]}" })
	void whatIsNoJournalIsRefused(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> ExportedJournal.fromJson(text));
	}

	@ParameterizedTest
	@ValueSource(strings = { "1.x", "0", "-1", "99999999999", "1..2", "." })
	void aPositionThatIsNoneIsRefused(String position) {
		checkRefused("timer-fired\",\"position\":\"" + position + "\",\"at\":\"2026-03-01T12:00:00Z\"");
	}

	@ParameterizedTest
	@ValueSource(strings = { "\"yesterday\"", "\"+1000000001-01-01T00:00:00Z\"", "7", "{}", "[]" })
	void aTimeThatIsNoneIsRefused(String at) {
		checkRefused("timer-fired\",\"position\":\"1\",\"at\":" + at);
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"$kraft.base64\":\"%%%\"}", "{\"$kraft.base64\":{}}", "{\"$kraft.text\":[]}" })
	void aPayloadThatIsNoneIsRefused(String payload) {
		checkRefused("run-started\",\"arguments\":" + payload + ",\"seed\":\"7\",\"at\":\"2026-03-01T12:00:00Z\"");
	}

	@ParameterizedTest
	@ValueSource(ints = { 100, 999, 1_001, 100_000 })
	void noNestingExhaustsTheStack(int depth) {
		String nested = "[".repeat(depth) + "]".repeat(depth);

		HostileBytes
			.tryOne(journal("run-started\",\"arguments\":" + nested + ",\"seed\":\"7\",\"at\":\"2026-03-01T12:00:00Z\"")
				.getBytes(StandardCharsets.UTF_8), ExportedJournalFuzzTests::read);
	}

	private static void checkRefused(String entry) {
		assertThatIllegalArgumentException().isThrownBy(() -> ExportedJournal.fromJson(journal(entry)));
	}

	private static String journal(String entry) {
		return "{\"format\":\"kraft-journal/1\",\"id\":\"a\",\"workflow\":\"b\",\"version\":1,\"status\":\"RUNNING\","
				+ "\"tags\":{},\"priority\":0,\"createdAt\":\"2026-03-01T12:00:00Z\",\"entries\":[{\"entry\":\"" + entry
				+ "}]}";
	}

	static List<byte[]> sound() {
		try {
			return List.of(Files.readAllBytes(GOLDEN));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void read(byte[] bytes) {
		ExportedJournal journal;
		try {
			journal = ExportedJournal.fromJson(new String(bytes, StandardCharsets.UTF_8));
		}
		catch (IllegalArgumentException ex) {
			assertThat(ex).hasMessageContaining("journal");
			return;
		}
		assertThat(ExportedJournal.fromJson(journal.toJson(PAYLOADS))).isEqualTo(journal);
	}

}

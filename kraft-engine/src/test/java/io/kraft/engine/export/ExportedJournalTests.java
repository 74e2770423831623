package io.kraft.engine.export;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import io.kraft.client.WorkflowStatus;
import io.kraft.engine.PayloadCodec;
import io.kraft.engine.export.ExportedJournal;
import io.kraft.engine.journal.JournalCodec;
import io.kraft.engine.journal.JournalEntry;
import io.kraft.engine.journal.JournalEntry.RunEnded;
import io.kraft.engine.journal.JournalEntry.RunStarted;
import io.kraft.engine.journal.JournalEntry.StepCompleted;
import io.kraft.engine.journal.Outcome;
import io.kraft.engine.journal.Payload;
import io.kraft.engine.journal.PayloadConverter;
import io.kraft.engine.journal.Position;
import io.kraft.engine.journal.SampleEntries;
import io.kraft.engine.journal.json.JacksonPayloads;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * An exported journal is the journal, and stays readable.
 */
class ExportedJournalTests {

	private static final Path GOLDEN = Path.of("src/test/resources/journals/v1/export.json");

	private static final Path RUNS = Path.of("src/test/resources/journals/v1/runs");

	private final PayloadConverter payloads = new JacksonPayloads(JacksonPayloads.defaultMapper(), List.of(), 1024);

	@Test
	void theFormatIsWhatItWas() throws IOException {
		String expected = Files.readString(GOLDEN);

		assertThat(exported(goldenEntries()).toJson(this.payloads)).isEqualTo(expected);
		assertThat(ExportedJournal.fromJson(expected)).isEqualTo(exported(goldenEntries()));
	}

	@ParameterizedTest
	@MethodSource
	void aRecordedRunComesBackAsItWas(Path file) throws IOException {
		List<String> lines = Files.readAllLines(file);
		List<JournalEntry> entries = lines.stream()
			.skip(1)
			.map((line) -> JournalCodec.decode(HexFormat.of().parseHex(line)))
			.toList();

		checkComesBack(entries);
	}

	static List<Path> aRecordedRunComesBackAsItWas() throws IOException {
		try (Stream<Path> files = Files.list(RUNS)) {
			return files.sorted().toList();
		}
	}

	@ParameterizedTest
	@MethodSource("seeds")
	void aJournalOfRandomEntriesComesBackAsItWas(long seed) {
		SplittableRandom random = new SplittableRandom(seed);
		List<JournalEntry> entries = new ArrayList<>();
		for (int i = 0; i < 200; i++) {
			entries.add(SampleEntries.random(random));
		}

		checkComesBack(entries);
	}

	static LongStream seeds() {
		return LongStream.rangeClosed(1, 20);
	}

	@Test
	void numbersAndSpellingsComeBackByteForByte() {
		for (String json : List.of("1E5", "1.10", "0.1e-7", "-0.0", "123456789012345678901234567890", " [1, 2]",
				"\"\\u00e9\"", "{\"b\":1,\"a\":2}", "{\"$kraft.text\":1}", "{\"a\":1,\"a\":2}", "null", "not json")) {
			checkComesBack(List.of(new RunEnded(new Outcome.Success(payload(json)), Instant.EPOCH)));
		}
	}

	@Test
	void whatACodecHasWrappedIsUnwrappedWhereItIsKnown() {
		PayloadConverter wrapping = new JacksonPayloads(JacksonPayloads.defaultMapper(), List.of(new Reversing()),
				1024);
		Payload wrapped = wrapping.write("secret", String.class, "a value");
		ExportedJournal journal = exported(List.of(new RunEnded(new Outcome.Success(wrapped), Instant.EPOCH)));

		assertThat(journal.toJson(wrapping)).contains("\"value\" : \"secret\"");
		assertThat(ExportedJournal.fromJson(journal.toJson(this.payloads))).isEqualTo(journal);
	}

	@Test
	void anotherFormatIsRefused() {
		String json = exported(goldenEntries()).toJson(this.payloads).replace("kraft-journal/1", "kraft-journal/2");

		assertThatIllegalArgumentException().isThrownBy(() -> ExportedJournal.fromJson(json))
			.withMessageContaining("'kraft-journal/1' was expected")
			.withMessageContaining("'kraft-journal/2'");
		assertThatIllegalArgumentException().isThrownBy(() -> ExportedJournal.fromJson("{}"))
			.withMessageContaining("the format 'none'");
		assertThatIllegalArgumentException().isThrownBy(() -> ExportedJournal.fromJson("no JSON"))
			.withMessageContaining("not a journal of the format 'kraft-journal/1'");
	}

	@Test
	void aFieldThatIsMissingOrUnknownIsNamed() {
		Instant at = Instant.EPOCH;
		String json = exported(List
			.of(new StepCompleted(Position.of(1), "charge", null, new Outcome.Success(Payload.NULL), 1, at, at)))
			.toJson(this.payloads);

		assertThatIllegalArgumentException()
			.isThrownBy(() -> ExportedJournal.fromJson(json.replace("\"step\" : \"charge\",", "")))
			.withMessageContaining("entry 0")
			.withMessageContaining("'step'");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> ExportedJournal.fromJson(json.replace("\"step\" : \"charge\"", "\"stepp\" : \"charge\"")))
			.withMessageContaining("stepp");
	}

	private void checkComesBack(List<JournalEntry> entries) {
		ExportedJournal journal = exported(entries);

		ExportedJournal read = ExportedJournal.fromJson(journal.toJson(this.payloads));

		assertThat(read).isEqualTo(journal);
		assertThat(read.entries().stream().map(JournalCodec::encode).map(HexFormat.of()::formatHex))
			.isEqualTo(entries.stream()
				.map((entry) -> (entry instanceof RunStarted started) ? started.withoutSecret() : entry)
				.map(JournalCodec::encode)
				.map(HexFormat.of()::formatHex)
				.toList());
	}

	private static List<JournalEntry> goldenEntries() {
		return SampleEntries.golden().values().stream().toList();
	}

	private static ExportedJournal exported(List<JournalEntry> entries) {
		return new ExportedJournal("order-7", "process-order", 2, null, WorkflowStatus.COMPLETED,
				Map.of("tenant", "acme"), 3, "parent", Instant.parse("2026-03-01T12:00:00.123Z"), entries);
	}

	private static Payload payload(String json) {
		return Payload.json(json.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * Its own inverse.
	 */
	private static final class Reversing implements PayloadCodec {

		@Override
		public String id() {
			return "reversing";
		}

		@Override
		public byte[] encode(byte[] bytes) {
			byte[] reversed = new byte[bytes.length];
			for (int i = 0; i < bytes.length; i++) {
				reversed[i] = bytes[bytes.length - 1 - i];
			}
			return reversed;
		}

		@Override
		public byte[] decode(byte[] bytes) {
			return encode(bytes);
		}

	}

}

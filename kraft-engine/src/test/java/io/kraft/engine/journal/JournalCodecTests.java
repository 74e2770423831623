package io.kraft.engine.journal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class JournalCodecTests {

	@ParameterizedTest
	@MethodSource("goldenNames")
	void readsAndWritesTheBytesThatVersionOneWrote(String name) throws IOException {
		JournalEntry entry = golden(name);

		byte[] written = JournalCodec.encode(entry);

		assertThat(HexFormat.of().formatHex(written)).isEqualTo(goldenHex(name));
		assertThat(JournalCodec.decode(HexFormat.of().parseHex(goldenHex(name)))).isEqualTo(entry);
	}

	@Test
	void hasGoldenBytesForEveryTypeOfEntry() {
		Set<Class<?>> covered = SampleEntries.golden()
			.values()
			.stream()
			.map(JournalEntry::getClass)
			.collect(Collectors.toSet());

		assertThat(covered).containsExactlyInAnyOrderElementsOf(leaves(JournalEntry.class).toList());
	}

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3 })
	void readsBackWhateverItWrites(long seed) {
		Random random = new Random(seed);
		for (int i = 0; i < 5_000; i++) {
			JournalEntry entry = SampleEntries.random(random);

			assertThat(JournalCodec.decode(JournalCodec.encode(entry))).isEqualTo(entry);
		}
	}

	@Test
	void writesVoidAndNullInOneByte() {
		JournalEntry without = SampleEntries.golden().get("step-intended-without-arguments");
		JournalEntry.StepIntended entry = (JournalEntry.StepIntended) Objects.requireNonNull(without);
		JournalEntry withNull = new JournalEntry.StepIntended(entry.position(), entry.step(),
				Payload.json("null".getBytes(StandardCharsets.UTF_8)), entry.at());

		assertThat(JournalCodec.encode(withNull)).hasSameSizeAs(JournalCodec.encode(without));
	}

	@ParameterizedTest
	@MethodSource("goldenNames")
	void refusesAnEntryThatWasCutOffAnywhere(String name) {
		byte[] whole = JournalCodec.encode(golden(name));
		for (int length = 0; length < whole.length; length++) {
			byte[] cut = Arrays.copyOf(whole, length);

			assertThatExceptionOfType(UnreadableEntryException.class).isThrownBy(() -> JournalCodec.decode(cut))
				.withMessageStartingWith("KRAFT-4008: ")
				.withMessageContaining("docs/reference/errors.md#kraft-4008");
		}
	}

	@ParameterizedTest
	@MethodSource("goldenNames")
	void refusesBytesThatFollowAnEntry(String name) {
		byte[] whole = JournalCodec.encode(golden(name));

		assertThatExceptionOfType(UnreadableEntryException.class)
			.isThrownBy(() -> JournalCodec.decode(Arrays.copyOf(whole, whole.length + 1)))
			.withMessageStartingWith("KRAFT-4008: ");
	}

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3 })
	void answersDamageWithNothingButItsOwnException(long seed) {
		Random random = new Random(seed);
		for (int i = 0; i < 20_000; i++) {
			byte[] bytes = JournalCodec.encode(SampleEntries.random(random));
			for (int flips = random.nextInt(1, 8); flips > 0; flips--) {
				bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
			}

			decodesOrRefuses(bytes);
		}
	}

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3 })
	void answersGarbageWithNothingButItsOwnException(long seed) {
		Random random = new Random(seed);
		for (int i = 0; i < 50_000; i++) {
			byte[] bytes = new byte[random.nextInt(64)];
			random.nextBytes(bytes);
			if (bytes.length > 1) {
				bytes[0] = 1;
				bytes[1] = (byte) random.nextInt(14);
			}

			decodesOrRefuses(bytes);
		}
	}

	@Test
	void believesNoLengthThatIsLongerThanTheEntry() {
		byte[] hostile = HexFormat.of().parseHex("01" + "02" + "00" + "02" + "ffffffff07" + "00");

		assertThatExceptionOfType(UnreadableEntryException.class).isThrownBy(() -> JournalCodec.decode(hostile))
			.withMessageContaining("2147483647 more were expected");
	}

	@Test
	void cutsAChainOfCausesThatIsTooLong() {
		Failure failure = new Failure("a.B", null, "", null);
		for (int i = 0; i < 100_000; i++) {
			failure = new Failure("a.B", null, "", failure);
		}
		JournalEntry entry = new JournalEntry.RunEnded(new Outcome.Failed(failure), Instant.EPOCH);

		JournalEntry read = JournalCodec.decode(JournalCodec.encode(entry));

		Failure cause = ((Outcome.Failed) ((JournalEntry.RunEnded) read).outcome()).failure();
		int depth = 0;
		while (cause != null) {
			depth++;
			cause = cause.cause();
		}
		assertThat(depth).isEqualTo(64);
	}

	@Test
	void saysWhichFormatVersionItDoesNotKnow() {
		assertThatExceptionOfType(UnreadableEntryException.class)
			.isThrownBy(() -> JournalCodec.decode(new byte[] { 2, 1 }))
			.withMessageStartingWith("KRAFT-4005: ")
			.withMessageContaining("format version 2")
			.withMessageContaining("version 1 only");
	}

	@Test
	void saysWhichTypeOfEntryItDoesNotKnow() {
		assertThatExceptionOfType(UnreadableEntryException.class)
			.isThrownBy(() -> JournalCodec.decode(new byte[] { 1, 99 }))
			.withMessageStartingWith("KRAFT-4005: ")
			.withMessageContaining("type 99");
	}

	@SuppressWarnings("CheckReturnValue") // Whether it can be read is left to chance.
	private static void decodesOrRefuses(byte[] bytes) {
		try {
			JournalCodec.decode(bytes);
		}
		catch (UnreadableEntryException ex) {
			assertThat(ex.code()).isIn(UnreadableEntryException.CORRUPT, UnreadableEntryException.UNKNOWN_FORMAT);
		}
	}

	private static Stream<Class<?>> leaves(Class<?> type) {
		Class<?>[] permitted = type.getPermittedSubclasses();
		return (permitted == null) ? Stream.of(type) : Arrays.stream(permitted).flatMap(JournalCodecTests::leaves);
	}

	private static Set<String> goldenNames() {
		return SampleEntries.golden().keySet();
	}

	private static JournalEntry golden(String name) {
		return Objects.requireNonNull(SampleEntries.golden().get(name));
	}

	private static String goldenHex(String name) throws IOException {
		try (InputStream file = JournalCodecTests.class.getResourceAsStream("/journals/v1/" + name + ".hex")) {
			assertThat(file).as("golden file of " + name).isNotNull();
			return new String(file.readAllBytes(), StandardCharsets.US_ASCII).strip();
		}
	}

}

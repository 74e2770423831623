package io.kraft.engine.journal;

import java.util.List;

import io.kraft.engine.reliability.Proves;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.kraft.engine.testing.HostileBytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever a journal holds is an entry, or is refused as unreadable.
 */
@Proves(fault = "Journal entries are malformed", promise = "A coded error, no hang and no large allocation")
class JournalCodecFuzzTests {

	@Test
	void damagedEntriesAreReadOrRefused() {
		HostileBytes.tryAll(sound(), JournalCodecFuzzTests::readEntry);
	}

	@Test
	void damagedOutcomesAreReadOrRefused() {
		HostileBytes.tryAll(outcomes(), JournalCodecFuzzTests::readOutcome);
	}

	@MethodSource("sound")
	@FuzzTest(maxDuration = "10m")
	void anyEntryIsReadOrRefused(byte[] bytes) {
		HostileBytes.tryOne(bytes, JournalCodecFuzzTests::readEntry);
	}

	static List<byte[]> sound() {
		return SampleEntries.golden().values().stream().map(JournalCodec::encode).toList();
	}

	static List<byte[]> outcomes() {
		return SampleEntries.golden()
			.values()
			.stream()
			.filter(JournalEntry.RunEnded.class::isInstance)
			.map((entry) -> JournalCodec.encodeOutcome(((JournalEntry.RunEnded) entry).outcome()))
			.toList();
	}

	/** What could be read comes back when it is written. */
	private static void readEntry(byte[] bytes) {
		JournalEntry entry = JournalCodec.decode(bytes);
		assertThat(JournalCodec.decode(JournalCodec.encode(entry))).isEqualTo(entry);
	}

	private static void readOutcome(byte[] bytes) {
		Outcome outcome = JournalCodec.decodeOutcome(bytes);
		assertThat(JournalCodec.decodeOutcome(JournalCodec.encodeOutcome(outcome))).isEqualTo(outcome);
	}

}

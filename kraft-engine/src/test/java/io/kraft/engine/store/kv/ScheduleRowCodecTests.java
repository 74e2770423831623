package io.kraft.engine.store.kv;

import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;

import io.kraft.engine.store.ScheduleRow;
import io.kraft.engine.store.StorageException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ScheduleRowCodecTests {

	private static final Instant NOON = Instant.parse("2026-03-01T12:00:00.123Z");

	private static final ScheduleRow NEW = ScheduleRow.begin("report", "every 10m, Z", NOON);

	private static final ScheduleRow FULL = new ScheduleRow("report", "cron 0 0 3 * * *, Europe/Berlin", true, NOON,
			NOON.plusMillis(1), NOON.plusMillis(2));

	// Never change these: stores in the field hold them.
	private static final String NEW_HEX = "010c65766572792031306d2c205a00f6a9a89495670000";

	private static final String FULL_HEX = "011f63726f6e203020302033202a202a202a2c204575726f70652f4265726c696e01f6a9a894956701f8a9a894956701faa9a8949567";

	@Test
	void readsAndWritesTheBytesThatVersionOneWrote() {
		assertThat(HexFormat.of().formatHex(ScheduleRowCodec.encode(NEW))).isEqualTo(NEW_HEX);
		assertThat(HexFormat.of().formatHex(ScheduleRowCodec.encode(FULL))).isEqualTo(FULL_HEX);
		assertThat(ScheduleRowCodec.decode("report", HexFormat.of().parseHex(NEW_HEX))).isEqualTo(NEW);
		assertThat(ScheduleRowCodec.decode("report", HexFormat.of().parseHex(FULL_HEX))).isEqualTo(FULL);
	}

	@Test
	void theKeyOfAScheduleIsNoMarkOfTheStore() {
		assertThat(HexFormat.of().formatHex(ScheduleRowCodec.key("epoch"))).isEqualTo("0165706f636800");
	}

	@Test
	void refusesARowThatWasCutOffAnywhere() {
		byte[] whole = ScheduleRowCodec.encode(FULL);
		for (int length = 0; length < whole.length; length++) {
			byte[] cut = Arrays.copyOf(whole, length);

			assertThatExceptionOfType(StorageException.class).isThrownBy(() -> ScheduleRowCodec.decode("report", cut))
				.withMessageStartingWith("KRAFT-4003: the row of schedule 'report'");
		}
	}

	@Test
	void answersDamageWithNothingButItsOwnException() {
		Random random = new Random(1);
		for (int i = 0; i < 20_000; i++) {
			byte[] bytes = ScheduleRowCodec.encode(FULL);
			bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
			bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
			try {
				assertThat(ScheduleRowCodec.decode("report", bytes).name()).isEqualTo("report");
			}
			catch (StorageException ex) {
				assertThat(ex.code()).isIn(StorageException.DAMAGED, StorageException.UNKNOWN_FORMAT);
			}
		}
	}

	@Test
	void saysWhichFormatItDoesNotKnow() {
		byte[] newer = ScheduleRowCodec.encode(NEW);
		newer[0] = 2;

		assertThatExceptionOfType(StorageException.class).isThrownBy(() -> ScheduleRowCodec.decode("report", newer))
			.withMessageStartingWith("KRAFT-4005: ")
			.withMessageContaining("schedule format 2");
	}

}

package io.kraft.engine.store.kv;

import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;

import io.kraft.engine.store.AnsweredRequest;
import io.kraft.engine.store.ChannelMark;
import io.kraft.engine.store.StorageException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ChannelKeysTests {

	private static final AnsweredRequest REQUEST = new AnsweredRequest("r1", "order-1",
			Instant.parse("2026-03-01T12:00:00.123Z"));

	// Never change these: stores in the field hold them.
	@Test
	void keysAndValuesAreThoseThatVersionOneWrote() {
		assertThat(hex(ChannelKeys.row(258, 259))).isEqualTo("05000001020000000000000103");
		assertThat(hex(ChannelKeys.sent(258))).isEqualTo("0600000102");
		assertThat(hex(ChannelKeys.taken(258))).isEqualTo("0700000102");
		assertThat(hex(ChannelKeys.encode(new ChannelMark(300, 7)))).isEqualTo("01ac0207");
		assertThat(hex(ChannelKeys.encode(300))).isEqualTo("01ac02");
		assertThat(hex(RequestKeys.byId("r1"))).isEqualTo("0a723100");
		assertThat(hex(RequestKeys.byTime(REQUEST))).isEqualTo("0b8000019ca9450a7b7231");
		assertThat(hex(RequestKeys.encode(REQUEST))).isEqualTo("01f6a9a8949567076f726465722d31");
	}

	@Test
	void valuesAreReadAsTheyWereWritten() {
		assertThat(ChannelKeys.decodeSent(bytes("01ac0207"))).isEqualTo(new ChannelMark(300, 7));
		assertThat(ChannelKeys.decodeTaken(bytes("01ac02"))).isEqualTo(300);
		assertThat(RequestKeys.decode("r1", bytes("01f6a9a8949567076f726465722d31"))).isEqualTo(REQUEST);
		assertThat(RequestKeys.id(RequestKeys.byTime(REQUEST))).isEqualTo("r1");
		assertThat(ChannelKeys.partition(ChannelKeys.row(258, 1))).isEqualTo(258);
	}

	@Test
	void refusesValuesOfUnknownFormatsAndThoseThatCannotBe() {
		assertThatExceptionOfType(StorageException.class).isThrownBy(() -> ChannelKeys.decodeSent(bytes("02ac0207")))
			.withMessageStartingWith("KRAFT-4005: ");
		assertThatExceptionOfType(StorageException.class).isThrownBy(() -> ChannelKeys.decodeTaken(bytes("02ac02")))
			.withMessageStartingWith("KRAFT-4005: ");
		assertThatExceptionOfType(StorageException.class).isThrownBy(() -> RequestKeys.decode("r", bytes("020000")))
			.withMessageStartingWith("KRAFT-4005: ");
		assertThatExceptionOfType(StorageException.class).isThrownBy(() -> ChannelKeys.decodeSent(bytes("010708")))
			.withMessageStartingWith("KRAFT-4003: ")
			.withMessageContaining("row 8 of 7 was removed");
		assertThatExceptionOfType(StorageException.class).isThrownBy(() -> ChannelKeys.decodeTaken(bytes("0100")))
			.withMessageStartingWith("KRAFT-4003: ");
		assertThatExceptionOfType(StorageException.class)
			.isThrownBy(() -> ChannelKeys.decodeSent(Arrays.copyOf(bytes("01ac0207"), 3)))
			.withMessageStartingWith("KRAFT-4003: ");
	}

	@Test
	void requestsBeforeTheEpochComeFirst() {
		byte[] before = RequestKeys.time(Instant.ofEpochMilli(-1));
		byte[] after = RequestKeys.time(Instant.ofEpochMilli(0));

		assertThat(Arrays.compareUnsigned(before, after)).isNegative();
	}

	private static String hex(byte[] bytes) {
		return HexFormat.of().formatHex(bytes);
	}

	private static byte[] bytes(String hex) {
		return HexFormat.of().parseHex(hex);
	}

}

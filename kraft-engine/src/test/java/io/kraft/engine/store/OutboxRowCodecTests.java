package io.kraft.engine.store;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

import io.kraft.engine.journal.UnreadableEntryException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class OutboxRowCodecTests {

	private static final List<OutboxRow> ROWS = ChannelContract.everyKind();

	// Never change these: stores in the field hold them, and other versions send them.
	private static final List<String> HEX = List.of(
			"01010131076f726465722d3180a89f8dbf68096772c3b6c39f652f31ac0205323a332e3102676f00077b2261223a317d",
			"01020132087265706f7274403180a89f8dbf68067265706f7274fea79f8dbf68056f72646572050000035b315d000000090000",
			"01030133096f726465722d312e3280a89f8dbf68096772c3b6c39f652f31ac0205323a332e3101076772c3b6c39f6504010b4d61696c65722e73656e6400046e756c6c010a0700c0843d1202016102c3bc016200010b7472616365706172656e740430302d31",
			"01040134096f726465722d312e3280a89f8dbf68096772c3b6c39f652f31ac0205323a332e31",
			"01050135096f726465722d312e3280a89f8dbf68096772c3b6c39f652f31ac0205323a332e31",
			"01060136096772c3b6c39f652f3180a89f8dbf68ac0205323a332e31096f726465722d312e32010706010002023432",
			"01060137096772c3b6c39f652f3180a89f8dbf68ac0205323a332e31096f726465722d312e32001101010103612e4201026e6f046174206300",
			"01070138096f726465722d312e3280a89f8dbf68096772c3b6c39f652f31ac0205323a332e31076772c3b6c39f65");

	@Test
	void readsAndWritesTheBytesThatVersionOneWrote() {
		for (int i = 0; i < ROWS.size(); i++) {
			assertThat(HexFormat.of().formatHex(OutboxRowCodec.encode(ROWS.get(i)))).isEqualTo(HEX.get(i));
			assertThat(OutboxRowCodec.decode(HexFormat.of().parseHex(HEX.get(i)))).isEqualTo(ROWS.get(i));
		}
	}

	@Test
	void refusesARowThatWasCutOffAnywhereOrIsLonger() {
		for (OutboxRow row : ROWS) {
			byte[] whole = OutboxRowCodec.encode(row);
			for (int length = 0; length < whole.length; length++) {
				byte[] cut = Arrays.copyOf(whole, length);

				assertThatExceptionOfType(UnreadableEntryException.class).isThrownBy(() -> OutboxRowCodec.decode(cut))
					.withMessageStartingWith("KRAFT-4008: ");
			}
			assertThatExceptionOfType(UnreadableEntryException.class)
				.isThrownBy(() -> OutboxRowCodec.decode(Arrays.copyOf(whole, whole.length + 1)));
		}
	}

	@Test
	void saysWhichFormatOrKindItDoesNotKnow() {
		byte[] newer = OutboxRowCodec.encode(ROWS.getFirst());
		newer[0] = 2;
		assertThatExceptionOfType(UnreadableEntryException.class).isThrownBy(() -> OutboxRowCodec.decode(newer))
			.withMessageStartingWith("KRAFT-4005: ")
			.withMessageContaining("outbox format 2");

		byte[] other = OutboxRowCodec.encode(ROWS.getFirst());
		other[1] = 77;
		assertThatExceptionOfType(UnreadableEntryException.class).isThrownBy(() -> OutboxRowCodec.decode(other))
			.withMessageStartingWith("KRAFT-4005: ")
			.withMessageContaining("outbox row 77");
	}

	@Test
	void onlyWhatCodeAsksForWaitsForRoom() {
		assertThat(ROWS).filteredOn(OutboxRow::waitsForRoom)
			.hasOnlyElementsOfTypes(OutboxRow.Signal.class, OutboxRow.StartChild.class)
			.hasSize(2);
	}

}

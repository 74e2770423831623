package io.kraft.cluster.replication;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

import io.kraft.engine.store.StorageException;
import io.kraft.engine.store.kv.Keyspace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class EntryCodecTests {

	private static final String OPENING = "0102b96003";

	private static final String BATCH = "0101070103" + "0101016b0176" + "02050169" + "0306016d016e";

	@Test
	void theBytesOfAnOpeningNeverChange() {
		LogEntry opening = new LogEntry.Opening(new Fence(12345, 3));

		assertThat(hex(EntryCodec.encode(opening))).isEqualTo(OPENING);
		assertThat(EntryCodec.decode(bytes(OPENING))).isEqualTo(opening);
	}

	@Test
	void theBytesOfABatchNeverChange() {
		LogEntry batch = new LogEntry.Batch(new Fence(7, 1),
				List.of(new KeyWrite.Put(Keyspace.META, text("k"), text("v")),
						new KeyWrite.Delete(Keyspace.INDEX, text("i")),
						new KeyWrite.DeleteRange(Keyspace.MESSAGES, text("m"), text("n"))));

		assertThat(hex(EntryCodec.encode(batch))).isEqualTo(BATCH);
		assertThat(hex(EntryCodec.encode(EntryCodec.decode(bytes(BATCH))))).isEqualTo(BATCH);
	}

	@Test
	void everyKeyspaceHasItsCode() {
		assertThat(Arrays.stream(Keyspace.values()).map(KeyspaceCode::of)).doesNotHaveDuplicates();
		for (Keyspace space : Keyspace.values()) {
			assertThat(KeyspaceCode.space(KeyspaceCode.of(space))).isEqualTo(space);
		}
	}

	@ParameterizedTest
	@CsvSource({ "0202b96003, KRAFT-4005, version 2", "0103b96003, KRAFT-4005, kind 3",
			"01010701010101, KRAFT-4008, it ends", "0101070101" + "0401016b, KRAFT-4005, write of kind 4",
			"0101070101" + "0207016b, KRAFT-4005, keyspace 7", "010200, KRAFT-4008, it ends",
			"01020100, KRAFT-4008, opening 0", "0102b9600300, KRAFT-4008, 1 bytes follow",
			"010107017f, KRAFT-4008, is 127" })
	void whatIsNoEntryIsRefused(String hex, String reason, String detail) {
		assertThatExceptionOfType(StorageException.class).isThrownBy(() -> EntryCodec.decode(bytes(hex)))
			.withMessageContaining("an entry of a partition's replicated log cannot be applied")
			.withMessageContaining(reason)
			.withMessageContaining(detail);
	}

	@Test
	void whateverTheBytesAreTheyAreAnEntryOrRefused() {
		Random random = new Random(11);
		int entries = 0;
		for (int i = 0; i < 200_000; i++) {
			byte[] bytes = hostile(random);
			try {
				byte[] again = EntryCodec.encode(EntryCodec.decode(bytes));
				assertThat(hex(EntryCodec.encode(EntryCodec.decode(again)))).as("round %d", i).isEqualTo(hex(again));
				entries++;
			}
			catch (StorageException ex) {
				assertThat(ex.code()).as("round %d", i).isIn(StorageException.DAMAGED, StorageException.UNKNOWN_FORMAT);
			}
		}
		assertThat(entries).isGreaterThan(1000);
	}

	/** A sound one with some bytes changed, cut off or added. */
	private static byte[] hostile(Random random) {
		byte[] bytes = bytes(random.nextBoolean() ? OPENING : BATCH);
		for (int changes = random.nextInt(4); changes > 0; changes--) {
			switch (random.nextInt(3)) {
				case 0 -> bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
				case 1 -> bytes = Arrays.copyOf(bytes, 1 + random.nextInt(bytes.length));
				default -> bytes = Arrays.copyOf(bytes, bytes.length + random.nextInt(3));
			}
		}
		return bytes;
	}

	private static byte[] text(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	private static byte[] bytes(String hex) {
		return HexFormat.of().parseHex(hex);
	}

	private static String hex(byte[] bytes) {
		return HexFormat.of().formatHex(bytes);
	}

}

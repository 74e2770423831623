package io.kraft.engine.store.rocksdb;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.kraft.engine.testing.HostileBytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever a write-ahead log holds is read to its end; a fault lies within it.
 */
class WalRecordsFuzzTests {

	@Test
	void damagedLogsAreReadToTheirEnd() {
		HostileBytes.tryAll(sound(), WalRecordsFuzzTests::read);
	}

	@MethodSource("sound")
	@FuzzTest(maxDuration = "10m")
	void anyLogIsReadToItsEnd(byte[] bytes) {
		HostileBytes.tryOne(bytes, WalRecordsFuzzTests::read);
	}

	@Test
	void aBlockOfNothingButHeadersOfRecordsIsReadToItsEnd() {
		byte[] block = new byte[64 * 1024];
		Arrays.fill(block, (byte) 4);
		HostileBytes.tryOne(block, WalRecordsFuzzTests::read);
	}

	static List<byte[]> sound() {
		byte[] batch = batch(7, 2, 40);
		return List.of(new byte[0], record(1, batch), joined(record(1, batch), record(1, batch(9, 1, 3))),
				joined(record(2, Arrays.copyOf(batch, 5)), record(4, Arrays.copyOfRange(batch, 5, batch.length))),
				joined(record(2, batch), joined(record(3, new byte[3]), record(4, new byte[0]))));
	}

	private static byte[] batch(long sequence, int writes, int length) {
		return ByteBuffer.allocate(12 + length).order(ByteOrder.LITTLE_ENDIAN).putLong(sequence).putInt(writes).array();
	}

	private static byte[] record(int type, byte[] content) {
		CRC32C crc = new CRC32C();
		crc.update(type);
		crc.update(content);
		int value = (int) crc.getValue();
		return ByteBuffer.allocate(7 + content.length)
			.order(ByteOrder.LITTLE_ENDIAN)
			.putInt(((value >>> 15) | (value << 17)) + 0xa282ead8)
			.putShort((short) content.length)
			.put((byte) type)
			.put(content)
			.array();
	}

	private static byte[] joined(byte[] first, byte[] second) {
		return ByteBuffer.allocate(first.length + second.length).put(first).put(second).array();
	}

	private static void read(byte[] log) {
		try {
			WalRecords.read(new ByteArrayInputStream(log), new WithinLog(log.length));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Holds what is told to the bounds of the log. */
	private record WithinLog(int length) implements WalRecords.Visitor {

		@Override
		public void begins(long sequence, int writes) {
			assertThat(this.length).isGreaterThanOrEqualTo(19);
		}

		@Override
		public void ends(long sequence, int writes) {
			assertThat(this.length).isGreaterThanOrEqualTo(19);
		}

		@Override
		public void fault(long offset) {
			assertThat(offset).isBetween(0L, (long) this.length);
		}

	}

}

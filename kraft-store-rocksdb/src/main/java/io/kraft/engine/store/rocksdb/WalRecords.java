package io.kraft.engine.store.rocksdb;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/**
 * Reads the records of a write-ahead log of RocksDB, and continues behind what cannot be
 * read.
 * <p>
 * The log consists of blocks of 32 KB. A record is one fragment, or several, none of
 * which crosses a block: a masked CRC-32C of type and content (4 bytes), the content's
 * length (2), the type (1: whole record, 2: its first fragment, 3: a middle one, 4: its
 * last one), the content. What is left of a block, if less than 7 bytes, is unused. The
 * content of a record begins with the sequence number of its first write (8 bytes) and
 * the number of its writes (4). Numbers are little-endian. (RocksDB wiki, "Write Ahead
 * Log File Format".)
 */
final class WalRecords {

	private static final int BLOCK = 32 * 1024;

	private static final int HEADER = 7;

	private static final int BATCH_HEADER = 12;

	private static final int WHOLE = 1;

	private static final int FIRST = 2;

	private static final int LAST = 4;

	private final Visitor visitor;

	private final ByteBuffer batchHeader = ByteBuffer.allocate(BATCH_HEADER).order(ByteOrder.LITTLE_ENDIAN);

	private boolean inRecord;

	private boolean begun;

	private WalRecords(Visitor visitor) {
		this.visitor = visitor;
	}

	/**
	 * What is found in a log, in its order.
	 */
	interface Visitor {

		/**
		 * A record begins; it may yet turn out to be cut off.
		 */
		void begins(long sequence, int writes);

		/**
		 * The record that began last is sound to its end.
		 */
		void ends(long sequence, int writes);

		/**
		 * Something cannot be read.
		 */
		void fault(long offset);

	}

	static void read(Path log, Visitor visitor) throws IOException {
		try (InputStream file = Files.newInputStream(log)) {
			read(file, visitor);
		}
	}

	static void read(InputStream log, Visitor visitor) throws IOException {
		WalRecords records = new WalRecords(visitor);
		long offset = 0;
		for (byte[] block = log.readNBytes(BLOCK); block.length > 0; block = log.readNBytes(BLOCK)) {
			records.readBlock(ByteBuffer.wrap(block).order(ByteOrder.LITTLE_ENDIAN), offset);
			offset += block.length;
		}
		if (records.inRecord) {
			visitor.fault(offset);
		}
	}

	private void readBlock(ByteBuffer block, long offset) {
		boolean sound = true;
		int at = 0;
		// What is left of a full block is unused; of the file's last one, it is a torn
		// header.
		int end = (block.capacity() == BLOCK) ? BLOCK - HEADER + 1 : block.capacity();
		while (at < end) {
			if (isSound(block, at, !sound)) {
				int length = length(block, at);
				fragment(type(block, at), block.slice(at + HEADER, length), offset + at);
				at += HEADER + length;
				sound = true;
			}
			else {
				if (sound) {
					fault(offset + at);
				}
				sound = false;
				at++;
			}
		}
	}

	private void fragment(int type, ByteBuffer content, long offset) {
		if (type > LAST) {
			// What RocksDB notes about the log.
			return;
		}
		if (type == WHOLE || type == FIRST) {
			if (this.inRecord) {
				fault(offset);
			}
			this.batchHeader.clear();
			this.inRecord = true;
			this.begun = false;
		}
		else if (!this.inRecord) {
			fault(offset);
			return;
		}
		content.limit(Math.min(content.limit(), this.batchHeader.remaining()));
		this.batchHeader.put(content);
		if (!this.begun && !this.batchHeader.hasRemaining()) {
			this.begun = true;
			this.visitor.begins(this.batchHeader.getLong(0), this.batchHeader.getInt(8));
		}
		if (type == WHOLE || type == LAST) {
			this.inRecord = false;
			if (this.begun) {
				this.visitor.ends(this.batchHeader.getLong(0), this.batchHeader.getInt(8));
			}
			else {
				this.visitor.fault(offset);
			}
		}
	}

	private void fault(long offset) {
		this.inRecord = false;
		this.visitor.fault(offset);
	}

	private static int length(ByteBuffer block, int at) {
		return block.getShort(at + 4) & 0xFFFF;
	}

	private static int type(ByteBuffer block, int at) {
		return block.get(at + 6) & 0xFF;
	}

	/**
	 * Whether there is a fragment.
	 * @param searching whether it may as well be anything else, so that what cannot be
	 * the fragment of a record is not worth a checksum
	 */
	private static boolean isSound(ByteBuffer block, int at, boolean searching) {
		if (at + HEADER > block.capacity() || at + HEADER + length(block, at) > block.capacity()) {
			return false;
		}
		int type = type(block, at);
		if (type < WHOLE || (searching && type > LAST)) {
			return false;
		}
		CRC32C crc = new CRC32C();
		crc.update(block.slice(at + 6, 1 + length(block, at)));
		int value = (int) crc.getValue();
		int masked = ((value >>> 15) | (value << 17)) + 0xa282ead8;
		return masked == block.getInt(at);
	}

}

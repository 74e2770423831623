package io.kraft.engine.planted;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

import io.kraft.engine.journal.JournalCodec;
import io.kraft.engine.journal.JournalEntry;
import io.kraft.engine.simulation.Contents;
import io.kraft.engine.simulation.DiskFault;
import io.kraft.engine.simulation.Write;
import io.kraft.engine.simulation.Write.Delete;
import io.kraft.engine.simulation.Write.DeleteRange;
import io.kraft.engine.simulation.Write.Put;
import io.kraft.engine.store.kv.Keyspace;
import org.jspecify.annotations.Nullable;

/**
 * Faults of a disk, made of what is written in place of a write. The kinds of keys are
 * told by their first byte, as the store writes them.
 */
final class Plants {

	static final int INDEX_ID = 1;

	static final int INDEX_STATUS = 2;

	static final int INDEX_NAME = 3;

	static final int INDEX_EXPIRY = 5;

	static final int INDEX_PENDING = 6;

	static final int MESSAGE_INBOX = 1;

	static final int MESSAGE_KNOWN = 2;

	static final int META_SCHEDULE = 1;

	static final int META_COUNTS = 4;

	private Plants() {
	}

	static Predicate<Write> puts(Keyspace space) {
		return (write) -> write instanceof Put && write.space() == space;
	}

	static Predicate<Write> puts(Keyspace space, int kind) {
		return puts(space).and((write) -> write.key()[0] == kind);
	}

	static Predicate<Write> deletes(Keyspace space) {
		return (write) -> write instanceof Delete && write.space() == space;
	}

	static Predicate<Write> deletes(Keyspace space, int kind) {
		return deletes(space).and((write) -> write.key()[0] == kind);
	}

	static Predicate<Write> clearings(Keyspace space) {
		return (write) -> write instanceof DeleteRange && write.space() == space;
	}

	static Predicate<Write> entries(Predicate<JournalEntry> wanted) {
		return puts(Keyspace.JOURNAL)
			.and((write) -> write instanceof Put put && wanted.test(JournalCodec.decode(put.value())));
	}

	/** Leaves out every so many of some writes. */
	static DiskFault dropping(Predicate<Write> wanted, int every) {
		return changing(wanted, every, (write) -> List.of());
	}

	/** Writes something in place of every so many of some writes. */
	static DiskFault changing(Predicate<Write> wanted, int every, Function<Write, List<Write>> change) {
		return new DiskFault() {

			private int found;

			@Override
			public List<Write> rewrite(Contents contents, List<Write> writes) {
				List<Write> written = new ArrayList<>();
				for (Write write : writes) {
					boolean isChosen = wanted.test(write) && ++this.found % every == 0;
					written.addAll(isChosen ? change.apply(write) : List.of(write));
				}
				return written;
			}

		};
	}

	/** Leaves out the last write of every so many batches. */
	static DiskFault tearing(int every) {
		return new DiskFault() {

			private int batches;

			@Override
			public List<Write> rewrite(Contents contents, List<Write> writes) {
				return (++this.batches % every == 0 && writes.size() > 1) ? writes.subList(0, writes.size() - 1)
						: writes;
			}

		};
	}

	/** Writes every so many batches with the one behind it: before it, or after it. */
	static DiskFault delaying(int every, boolean isReordered) {
		return new DiskFault() {

			private int batches;

			private @Nullable List<Write> late;

			@Override
			public List<Write> rewrite(Contents contents, List<Write> writes) {
				List<Write> before = this.late;
				this.late = null;
				if (before != null) {
					List<Write> both = new ArrayList<>(isReordered ? writes : before);
					both.addAll(isReordered ? before : writes);
					return both;
				}
				// The first ones make the store what it is.
				if (++this.batches > 2 && this.batches % every == 0) {
					this.late = writes;
					return List.of();
				}
				return writes;
			}

		};
	}

	/** Removes the row of a run that has just been written. */
	static DiskFault removing(int every) {
		return changing(puts(Keyspace.RUNS), every, (write) -> List.of(new Delete(Keyspace.RUNS, write.key())));
	}

	/** The same write at a key whose last four bytes are higher. */
	static List<Write> shifted(Write write) {
		Put put = (Put) write;
		byte[] key = put.key().clone();
		ByteBuffer buffer = ByteBuffer.wrap(key);
		int at = key.length - Integer.BYTES;
		buffer.putInt(at, buffer.getInt(at) + 1);
		return List.of(new Put(put.space(), key, put.value()));
	}

	/** The same write, and another one behind it. */
	static List<Write> doubled(Write write) {
		List<Write> both = new ArrayList<>(List.of(write));
		// Sequences rise one by one: the next message must not be overwritten by this
		// one.
		Put put = (Put) write;
		byte[] key = put.key().clone();
		ByteBuffer buffer = ByteBuffer.wrap(key);
		int at = key.length - Long.BYTES;
		buffer.putLong(at, buffer.getLong(at) + 1_000_000);
		both.add(new Put(put.space(), key, put.value()));
		return both;
	}

	/** The same timer, some minutes earlier. */
	static List<Write> earlier(Write write) {
		Put put = (Put) write;
		byte[] key = put.key().clone();
		ByteBuffer buffer = ByteBuffer.wrap(key);
		buffer.putLong(0, buffer.getLong(0) - 300_000);
		return List.of(new Put(put.space(), key, put.value()));
	}

}

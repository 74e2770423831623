package io.kraft.engine.store.rocksdb;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import io.kraft.engine.store.kv.Keyspace;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.TablePropertiesCollectorFactory;
import org.rocksdb.WALRecoveryMode;

/**
 * How RocksDB is set up. To be closed after the database.
 */
final class RocksDbSettings implements AutoCloseable {

	private static final long MB = 1024 * 1024;

	/** Each open table takes some kilobytes beside its index, which is in the cache. */
	private static final int OPEN_TABLES = 512;

	/** Of one of many databases. */
	private static final int MIN_OPEN_TABLES = 32;

	/** Of all databases together. */
	private static final long WAL_BYTES = 256 * MB;

	/** Of one of many databases. */
	private static final long MIN_WAL_BYTES = 16 * MB;

	/** More threads for flushes and compactions would take those of the application. */
	private static final int MAX_BACKGROUND_JOBS = 8;

	/**
	 * A file is compacted soon if half of some thousand neighbours in it are marks of
	 * deleted keys.
	 */
	private static final long DELETION_WINDOW = 8192;

	private final NativeObjects objects = new NativeObjects();

	private final NativeMemory memory;

	private final BloomFilter bloomFilter;

	private final Options compactOnDeletion;

	private final DBOptions database;

	/**
	 * The settings of a database.
	 * @param memory that it takes, and that is closed after it
	 */
	RocksDbSettings(NativeMemory memory) {
		this(memory, true);
	}

	/**
	 * The settings of a database.
	 * @param memory that it takes, and that is closed after it
	 * @param logged whether it has a write-ahead log; without one all families are
	 * flushed together, so that a crash leaves the state after some batch
	 */
	RocksDbSettings(NativeMemory memory, boolean logged) {
		this.memory = memory;
		try {
			this.bloomFilter = this.objects.add(new BloomFilter(10));
			this.compactOnDeletion = this.objects.add(new Options());
			this.compactOnDeletion
				.setTablePropertiesCollectorFactory(List.of(this.objects.add(TablePropertiesCollectorFactory
					.NewCompactOnDeletionCollectorFactory(DELETION_WINDOW, DELETION_WINDOW / 2, 0.5))));
			this.database = this.objects.add(database(memory));
			if (!logged) {
				// The owner flushes before it closes; a close after a failure writes
				// nothing.
				this.database.setAtomicFlush(true).setAvoidFlushDuringShutdown(true);
			}
		}
		catch (RuntimeException | Error ex) {
			this.objects.closeAfter(ex);
			throw ex;
		}
	}

	private static DBOptions database(NativeMemory memory) {
		int databases = memory.databases();
		return new DBOptions().setCreateIfMissing(true)
			.setCreateMissingColumnFamilies(true)
			// DatabaseCheck has refused what this mode would silently drop.
			.setWalRecoveryMode(WALRecoveryMode.PointInTimeRecovery)
			// Of threads that all databases of the process share.
			.setMaxBackgroundJobs((databases == 1) ? 2
					: Math.clamp(Runtime.getRuntime().availableProcessors(), 2, MAX_BACKGROUND_JOBS))
			.setMaxOpenFiles(Math.max(MIN_OPEN_TABLES, OPEN_TABLES / databases))
			.setWriteBufferManager(memory.writeBufferManager())
			// Else a family that is seldom written would keep old logs for ever. It also
			// bounds the time of recovery, some 0.2 s for 55 MB.
			.setMaxTotalWalSize(Math.max(MIN_WAL_BYTES, WAL_BYTES / databases))
			.setUseFsync(false)
			.setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
			.setMaxLogFileSize(4 * MB)
			.setKeepLogFileNum(4)
			.setStatsDumpPeriodSec(0)
			.setStatsPersistPeriodSec(0);
	}

	DBOptions database() {
		return this.database;
	}

	/**
	 * The default family, which RocksDB insists on and which stays empty, and one for
	 * each keyspace, in their order.
	 */
	List<ColumnFamilyDescriptor> families() {
		List<ColumnFamilyDescriptor> descriptors = new ArrayList<>();
		descriptors
			.add(new ColumnFamilyDescriptor(RocksDB.DEFAULT_COLUMN_FAMILY, family(new ColumnFamilyOptions(), MB, 8)));
		for (Keyspace space : Keyspace.values()) {
			descriptors.add(new ColumnFamilyDescriptor(name(space), switch (space) {
				// Fewer, larger flushes: many journals are removed before level 1.
				case JOURNAL -> family(new ColumnFamilyOptions(), 64 * MB, 2).setMaxWriteBufferNumber(4);
				case RUNS, INDEX -> family(new ColumnFamilyOptions(this.compactOnDeletion), 64 * MB, 4);
				case META, TIMERS, MESSAGES -> family(new ColumnFamilyOptions(this.compactOnDeletion), 16 * MB, 8);
			}));
		}
		return descriptors;
	}

	static byte[] name(Keyspace space) {
		return space.name().toLowerCase(Locale.ROOT).getBytes(StandardCharsets.US_ASCII);
	}

	@Override
	public void close() {
		this.objects.close();
	}

	/**
	 * @param writeBuffer most bytes before a flush
	 * @param share of all write buffers that it is at most, as a divisor
	 */
	private ColumnFamilyOptions family(ColumnFamilyOptions options, long writeBuffer, int share) {
		return this.objects.add(options)
			.setCompressionType(CompressionType.LZ4_COMPRESSION)
			.setWriteBufferSize(Math.min(writeBuffer, this.memory.writeBuffersOfOne() / share))
			.setTableFormatConfig(new BlockBasedTableConfig().setBlockCache(this.memory.cache())
				.setFilterPolicy(this.bloomFilter)
				// So that they count as well.
				.setCacheIndexAndFilterBlocks(true)
				.setCacheIndexAndFilterBlocksWithHighPriority(true)
				.setPinL0FilterAndIndexBlocksInCache(true));
	}

}

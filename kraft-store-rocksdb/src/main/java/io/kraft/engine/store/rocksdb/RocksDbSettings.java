package io.kraft.engine.store.rocksdb;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import io.kraft.engine.store.kv.Keyspace;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.TablePropertiesCollectorFactory;
import org.rocksdb.WALRecoveryMode;
import org.rocksdb.WriteBufferManager;

/**
 * How RocksDB is set up. To be closed after the database.
 */
final class RocksDbSettings implements AutoCloseable {

	private static final long MB = 1024 * 1024;

	/**
	 * For what is not in the cache: open tables, and the buffers of flushes and
	 * compactions.
	 */
	private static final int SHARE_BESIDE_CACHE = 8;

	/** Each open table takes some kilobytes beside its index, which is in the cache. */
	private static final int OPEN_TABLES = 512;

	/**
	 * A file is compacted soon if half of some thousand neighbours in it are marks of
	 * deleted keys.
	 */
	private static final long DELETION_WINDOW = 8192;

	private final NativeObjects objects = new NativeObjects();

	private final long writeBuffers;

	/** Also of the write buffers: what they take, blocks cannot. */
	private final Cache cache;

	private final BloomFilter bloomFilter;

	private final Options compactOnDeletion;

	private final DBOptions database;

	/**
	 * The settings of a database.
	 * @param nativeMemory about how many bytes it may take in all
	 */
	RocksDbSettings(long nativeMemory) {
		try {
			long cached = nativeMemory - nativeMemory / SHARE_BESIDE_CACHE;
			this.writeBuffers = cached / 2;
			this.cache = this.objects.add(new LRUCache(cached));
			this.bloomFilter = this.objects.add(new BloomFilter(10));
			this.compactOnDeletion = this.objects.add(new Options());
			this.compactOnDeletion
				.setTablePropertiesCollectorFactory(List.of(this.objects.add(TablePropertiesCollectorFactory
					.NewCompactOnDeletionCollectorFactory(DELETION_WINDOW, DELETION_WINDOW / 2, 0.5))));
			this.database = this.objects
				.add(database(this.objects.add(new WriteBufferManager(this.writeBuffers, this.cache))));
		}
		catch (RuntimeException | Error ex) {
			this.objects.closeAfter(ex);
			throw ex;
		}
	}

	private static DBOptions database(WriteBufferManager writeBuffers) {
		return new DBOptions().setCreateIfMissing(true)
			.setCreateMissingColumnFamilies(true)
			// DatabaseCheck has refused what this mode would silently drop.
			.setWalRecoveryMode(WALRecoveryMode.PointInTimeRecovery)
			.setMaxBackgroundJobs(2)
			.setMaxOpenFiles(OPEN_TABLES)
			.setWriteBufferManager(writeBuffers)
			// Else a family that is seldom written would keep old logs for ever. It also
			// bounds the time of recovery, some 0.2 s for 55 MB.
			.setMaxTotalWalSize(256 * MB)
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
			.setWriteBufferSize(Math.min(writeBuffer, this.writeBuffers / share))
			.setTableFormatConfig(new BlockBasedTableConfig().setBlockCache(this.cache)
				.setFilterPolicy(this.bloomFilter)
				// So that they count as well.
				.setCacheIndexAndFilterBlocks(true)
				.setCacheIndexAndFilterBlocksWithHighPriority(true)
				.setPinL0FilterAndIndexBlocksInCache(true));
	}

}

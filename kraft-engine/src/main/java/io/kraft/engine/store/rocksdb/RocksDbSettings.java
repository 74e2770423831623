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
import org.rocksdb.RocksDB;
import org.rocksdb.WALRecoveryMode;

/**
 * How RocksDB is set up. To be closed after the database.
 */
final class RocksDbSettings implements AutoCloseable {

	private static final long MB = 1024 * 1024;

	private final Cache cache = new LRUCache(64 * MB);

	private final BloomFilter bloomFilter = new BloomFilter(10);

	private final List<ColumnFamilyOptions> families = new ArrayList<>();

	private final DBOptions database = new DBOptions().setCreateIfMissing(true)
		.setCreateMissingColumnFamilies(true)
		// DatabaseCheck has refused what this mode would silently drop.
		.setWalRecoveryMode(WALRecoveryMode.PointInTimeRecovery)
		.setMaxBackgroundJobs(2)
		// Else a family that is seldom written would keep old logs for ever. It also
		// bounds the time of recovery, some 0.2 s for 55 MB.
		.setMaxTotalWalSize(256 * MB)
		.setUseFsync(false)
		.setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
		.setMaxLogFileSize(4 * MB)
		.setKeepLogFileNum(4)
		.setStatsDumpPeriodSec(0)
		.setStatsPersistPeriodSec(0);

	DBOptions database() {
		return this.database;
	}

	/**
	 * The default family, which RocksDB insists on and which stays empty, and one for
	 * each keyspace, in their order.
	 */
	List<ColumnFamilyDescriptor> families() {
		List<ColumnFamilyDescriptor> descriptors = new ArrayList<>();
		descriptors.add(new ColumnFamilyDescriptor(RocksDB.DEFAULT_COLUMN_FAMILY, family()));
		for (Keyspace space : Keyspace.values()) {
			descriptors.add(new ColumnFamilyDescriptor(name(space), switch (space) {
				// Fewer and larger flushes: many journals die before they reach level 1.
				case JOURNAL -> family().setWriteBufferSize(64 * MB).setMaxWriteBufferNumber(4);
				case RUNS, INDEX -> family().setWriteBufferSize(64 * MB);
				case META, TIMERS, MESSAGES -> family().setWriteBufferSize(16 * MB);
			}));
		}
		return descriptors;
	}

	static byte[] name(Keyspace space) {
		return space.name().toLowerCase(Locale.ROOT).getBytes(StandardCharsets.US_ASCII);
	}

	@Override
	public void close() {
		this.database.close();
		this.families.forEach(ColumnFamilyOptions::close);
		this.bloomFilter.close();
		this.cache.close();
	}

	private ColumnFamilyOptions family() {
		ColumnFamilyOptions options = new ColumnFamilyOptions().setCompressionType(CompressionType.LZ4_COMPRESSION)
			.setTableFormatConfig(
					new BlockBasedTableConfig().setBlockCache(this.cache).setFilterPolicy(this.bloomFilter));
		this.families.add(options);
		return options;
	}

}

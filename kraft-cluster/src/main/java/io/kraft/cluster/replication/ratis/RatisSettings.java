package io.kraft.cluster.replication.ratis;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.apache.ratis.RaftConfigKeys;
import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.grpc.GrpcConfigKeys;
import org.apache.ratis.rpc.SupportedRpcType;
import org.apache.ratis.server.RaftServerConfigKeys;
import org.apache.ratis.util.SizeInBytes;
import org.apache.ratis.util.TimeDuration;

/**
 * How Ratis is set up. The reasons are measured, or known faults of it.
 *
 * @param directory of the groups, and of nothing else: Ratis takes each directory in it
 * for one
 * @param bindHost to listen on
 * @param port to listen on
 * @param electionTimeout the least time without a leader after which a node stands for
 * election; the most is two thirds more
 * @param maxEntryBytes the largest entry
 * @param segmentBytes of a file of the log; only whole files are removed
 * @param keptEntries that remain in the log behind a checkpoint, so that a replica that
 * was away for a moment needs no copy of everything
 */
public record RatisSettings(Path directory, String bindHost, int port, Duration electionTimeout, int maxEntryBytes,
		long segmentBytes, long keptEntries) {

	private static final long MB = 1024 * 1024;

	/** In front of each write, and around an entry. */
	private static final long OVERHEAD = 64 * 1024;

	/**
	 * Settings with what is usual.
	 * @param maxPayloadBytes of one value: an entry has room for a batch, a commit with
	 * two of them, and a megabyte
	 */
	public static RatisSettings of(Path directory, String bindHost, int port, long maxPayloadBytes) {
		int maxEntryBytes = Math.toIntExact(2 * MB + 2 * maxPayloadBytes);
		return new RatisSettings(directory, bindHost, port, Duration.ofMillis(600), maxEntryBytes,
				Math.max(8 * MB, 2L * maxEntryBytes), 5000);
	}

	/**
	 * The most time without a leader after which a node stands for election.
	 */
	public Duration maxElectionTimeout() {
		return this.electionTimeout.multipliedBy(5).dividedBy(3);
	}

	RaftProperties properties() {
		RaftProperties properties = new RaftProperties();
		RaftConfigKeys.Rpc.setType(properties, SupportedRpcType.GRPC);
		GrpcConfigKeys.Server.setHost(properties, this.bindHost);
		GrpcConfigKeys.Server.setPort(properties, this.port);
		RaftServerConfigKeys.setStorageDir(properties, List.of(this.directory.toFile()));
		// Below it a full disk is noticed before a log file is torn.
		RaftServerConfigKeys.setStorageFreeSpaceMin(properties, SizeInBytes.valueOf(256 * MB));
		// A pause longer than a minute would close the server for good.
		RaftServerConfigKeys.setCloseThreshold(properties, TimeDuration.valueOf(365, TimeUnit.DAYS));
		elections(properties);
		log(properties);
		appender(properties);
		reads(properties);
		threads(properties);
		return properties;
	}

	private void elections(RaftProperties properties) {
		RaftServerConfigKeys.Rpc.setTimeoutMin(properties, time(this.electionTimeout));
		RaftServerConfigKeys.Rpc.setTimeoutMax(properties, time(maxElectionTimeout()));
		RaftServerConfigKeys.Rpc.setFirstElectionTimeoutMin(properties, time(Duration.ofMillis(200)));
		RaftServerConfigKeys.Rpc.setFirstElectionTimeoutMax(properties, time(Duration.ofMillis(500)));
		// Channels to peers have no keep-alive: this ends calls to one that is gone.
		RaftServerConfigKeys.Rpc.setRequestTimeout(properties, time(Duration.ofSeconds(2)));
		RaftServerConfigKeys.Rpc.setSleepTime(properties, time(Duration.ofMillis(25)));
	}

	private void log(RaftProperties properties) {
		// An entry for each commit would double their number (HDDS-13281).
		RaftServerConfigKeys.Log.setLogMetadataEnabled(properties, false);
		RaftServerConfigKeys.Log.setSegmentSizeMax(properties, SizeInBytes.valueOf(this.segmentBytes));
		RaftServerConfigKeys.Log.setPreallocatedSize(properties, SizeInBytes.valueOf(Math.min(MB, this.segmentBytes)));
		RaftServerConfigKeys.Log.setSegmentCacheNumMax(properties, 2);
		RaftServerConfigKeys.Log.setSegmentCacheSizeMax(properties, SizeInBytes.valueOf(16 * MB));
		// Else a replica that is away keeps the log of all others from being cut.
		RaftServerConfigKeys.Log.setPurgeUptoSnapshotIndex(properties, true);
		RaftServerConfigKeys.Log.setPurgePreservationLogNum(properties, this.keptEntries);
		RaftServerConfigKeys.Log.setPurgeGap(properties, 1);
		RaftServerConfigKeys.Log.setCorruptionPolicy(properties, RaftServerConfigKeys.Log.CorruptionPolicy.EXCEPTION);
		// It counts entries, not bytes: logs that never end, or a disk that is full.
		RaftServerConfigKeys.Snapshot.setAutoTriggerEnabled(properties, false);
		RaftServerConfigKeys.Snapshot.setTriggerWhenStopEnabled(properties, false);
		RaftServerConfigKeys.Snapshot.setTriggerWhenRemoveEnabled(properties, false);
	}

	private void appender(RaftProperties properties) {
		long appended = Math.max(4 * MB, this.maxEntryBytes + OVERHEAD);
		RaftServerConfigKeys.Log.Appender.setBufferByteLimit(properties, SizeInBytes.valueOf(appended));
		// A group does not start where it is not larger than the former.
		RaftServerConfigKeys.Log.setWriteBufferSize(properties, SizeInBytes.valueOf(appended + MB));
		GrpcConfigKeys.setMessageSizeMax(properties, SizeInBytes.valueOf(Math.max(16 * MB, 2 * appended)));
		// 0 spins at a node that has not got the group yet.
		RaftServerConfigKeys.Log.Appender.setWaitTimeMin(properties, TimeDuration.ONE_MILLISECOND);
		// By default it waits for 5 s: so long a node that is back would lag.
		RaftServerConfigKeys.Log.Appender.setRetryPolicy(properties, "1ms,10, 200ms,50, 1s,1000000");
		RaftServerConfigKeys.Log.Appender.setSnapshotChunkSizeMax(properties, SizeInBytes.valueOf(MB));
	}

	private static void reads(RaftProperties properties) {
		RaftServerConfigKeys.Read.setOption(properties, RaftServerConfigKeys.Read.Option.LINEARIZABLE);
		// Counts from the sending of what was answered. With the 100 ms for which an
		// answer is used it is shorter than any election timeout.
		RaftServerConfigKeys.Read.setLeaderLeaseEnabled(properties, true);
		RaftServerConfigKeys.Read.setLeaderLeaseTimeoutRatio(properties, 0.7);
		// No client of Ratis is used, which would repeat requests.
		RaftServerConfigKeys.RetryCache.setExpiryTime(properties, TimeDuration.valueOf(2, TimeUnit.SECONDS));
	}

	/** All groups of a node share them. */
	private static void threads(RaftProperties properties) {
		RaftServerConfigKeys.ThreadPool.setServerSize(properties, 8);
		RaftServerConfigKeys.ThreadPool.setClientSize(properties, 4);
		RaftServerConfigKeys.ThreadPool.setProxySize(properties, 4);
	}

	private static TimeDuration time(Duration duration) {
		return TimeDuration.valueOf(duration.toMillis(), TimeUnit.MILLISECONDS);
	}

}

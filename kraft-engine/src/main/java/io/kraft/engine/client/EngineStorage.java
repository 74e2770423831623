package io.kraft.engine.client;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

import io.kraft.client.BackupDescription;
import io.kraft.client.RequiredArgument;
import io.kraft.client.StorageOperations;
import io.kraft.client.WorkflowStatus;
import io.kraft.engine.call.BlockingGuard;
import io.kraft.engine.hosting.HostedPartition;
import io.kraft.engine.hosting.Partitions;
import io.kraft.engine.hosting.SetBackup;
import io.kraft.engine.store.StatusCounts;
import io.kraft.engine.store.Store;

/**
 * What is done to the store of an engine in the same process.
 */
public final class EngineStorage implements StorageOperations {

	private final Partitions partitions;

	private final InstantSource clock;

	private final Duration backupTimeout;

	private final BlockingGuard guard;

	/**
	 * The operations of an engine.
	 * @param backupTimeout how long a backup may take
	 */
	public EngineStorage(Partitions partitions, InstantSource clock, Duration backupTimeout, BlockingGuard guard) {
		this.partitions = partitions;
		this.clock = clock;
		this.backupTimeout = backupTimeout;
		this.guard = guard;
	}

	@Override
	public BackupDescription backup(Path target) {
		RequiredArgument.check("StorageOperations.backup", "target", target);
		this.guard.check("backup", "a thread that may block");
		List<HostedPartition> all = this.partitions.each();
		Instant now = this.clock.instant();
		long epoch = 0;
		long runs = 0;
		for (HostedPartition partition : all) {
			Store store = partition.partition().store();
			epoch = Math.max(epoch, store.epoch());
			runs += store.counts().values().stream().mapToLong(EngineStorage::runs).sum();
		}
		long sizeBytes = (all.size() == 1) ? all.getFirst().partition().store().backup(target, this.backupTimeout)
				: new SetBackup(this.partitions, this.backupTimeout).write(target, all);
		return new BackupDescription(target.toAbsolutePath().normalize(), epoch, runs, sizeBytes, now);
	}

	private static long runs(StatusCounts counts) {
		long runs = 0;
		for (WorkflowStatus status : WorkflowStatus.values()) {
			runs += counts.of(status);
		}
		return runs;
	}

}

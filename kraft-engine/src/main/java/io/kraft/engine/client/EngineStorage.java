package io.kraft.engine.client;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;

import io.kraft.client.BackupDescription;
import io.kraft.client.RequiredArgument;
import io.kraft.client.StorageOperations;
import io.kraft.client.WorkflowStatus;
import io.kraft.engine.call.BlockingGuard;
import io.kraft.engine.execution.Execution;
import io.kraft.engine.store.StatusCounts;
import io.kraft.engine.store.Store;

/**
 * What is done to the store of an engine in the same process.
 */
public final class EngineStorage implements StorageOperations {

	private final Supplier<Execution> execution;

	private final InstantSource clock;

	private final Duration backupTimeout;

	private final BlockingGuard guard;

	/**
	 * The operations of an engine.
	 * @param execution throws while the engine does not run
	 * @param backupTimeout how long a backup may take
	 */
	public EngineStorage(Supplier<Execution> execution, InstantSource clock, Duration backupTimeout,
			BlockingGuard guard) {
		this.execution = execution;
		this.clock = clock;
		this.backupTimeout = backupTimeout;
		this.guard = guard;
	}

	@Override
	public BackupDescription backup(Path target) {
		RequiredArgument.check("StorageOperations.backup", "target", target);
		this.guard.check("backup", "a thread that may block");
		Store store = this.execution.get().store();
		Instant now = this.clock.instant();
		long runs = store.counts().values().stream().mapToLong(EngineStorage::runs).sum();
		long sizeBytes = store.backup(target, this.backupTimeout);
		return new BackupDescription(target.toAbsolutePath().normalize(), store.epoch(), runs, sizeBytes, now);
	}

	private static long runs(StatusCounts counts) {
		long runs = 0;
		for (WorkflowStatus status : WorkflowStatus.values()) {
			runs += counts.of(status);
		}
		return runs;
	}

}

package io.kraft.engine.hosting;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;

import io.kraft.client.BackupRefusedException;
import io.kraft.engine.store.StorageException;
import io.kraft.engine.store.backup.BackupSet;
import org.jspecify.annotations.Nullable;

/**
 * Copies the stores of several partitions, one after another, so that the copies belong
 * together: {@linkplain io.kraft.engine.channel.ChannelBarrier what crosses partitions}
 * waits meanwhile.
 */
public final class SetBackup {

	private static final int ID_BYTES = 16;

	private final Partitions partitions;

	private final Duration timeout;

	/**
	 * Of partitions that are all hosted here.
	 */
	public SetBackup(Partitions partitions, Duration timeout) {
		this.partitions = partitions;
		this.timeout = timeout;
	}

	/**
	 * Returns when the copies are durable.
	 * @return the bytes of their files
	 */
	public long write(Path target, List<HostedPartition> all) {
		long begin = System.nanoTime();
		BackupSet set = BackupSet.begin(target, id(), all.size());
		try {
			hold(target);
			long sizeBytes = 0;
			boolean isHeld;
			try {
				for (HostedPartition partition : all) {
					sizeBytes += partition.partition().store().backup(set.directory(partition.number()), rest(begin));
				}
			}
			finally {
				isHeld = this.partitions.barrier().release();
			}
			if (!isHeld) {
				throw failed(target, "the engine stops", null);
			}
			set.complete();
			return sizeBytes;
		}
		catch (Throwable ex) {
			set.abandon(ex);
			throw ex;
		}
	}

	private void hold(Path target) {
		try {
			if (!this.partitions.barrier().hold(this.timeout)) {
				throw new BackupRefusedException("the backup '" + target.getFileName()
						+ "' was not begun, because another one is under way, or what the partitions ask of each other"
						+ " took too long, or the engine stops. Try again");
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw failed(target, "the calling thread was interrupted", ex);
		}
	}

	private Duration rest(long begin) {
		Duration rest = this.timeout.minusNanos(System.nanoTime() - begin);
		return rest.isNegative() ? Duration.ZERO : rest;
	}

	private String id() {
		byte[] id = new byte[ID_BYTES];
		this.partitions.node().clockwork().random().nextBytes(id);
		return HexFormat.of().formatHex(id);
	}

	private static StorageException failed(Path target, String why, @Nullable Exception cause) {
		return new StorageException(StorageException.BACKUP_FAILED,
				"the backup '" + target.getFileName() + "' was not completed, because " + why
						+ ". What was written is removed; the stores are not affected."
						+ " See docs/reference/errors.md#kraft-4010",
				cause);
	}

}

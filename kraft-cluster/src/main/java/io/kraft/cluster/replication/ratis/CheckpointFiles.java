package io.kraft.cluster.replication.ratis;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import io.kraft.cluster.replication.GroupMachine;
import io.kraft.cluster.replication.LocalReplica.Checkpoint;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.server.storage.FileInfo;
import org.apache.ratis.server.storage.RaftStorage;
import org.apache.ratis.statemachine.SnapshotInfo;
import org.apache.ratis.statemachine.SnapshotRetentionPolicy;
import org.apache.ratis.statemachine.StateMachineStorage;
import org.apache.ratis.statemachine.impl.FileListSnapshotInfo;
import org.jspecify.annotations.Nullable;

/**
 * Shows Ratis where checkpoints are. The replica itself removes old ones.
 */
final class CheckpointFiles implements StateMachineStorage {

	/**
	 * Written by Ratis beside each file that it receives, and no part of what is sent.
	 */
	private static final String DIGEST = ".md5";

	private volatile @Nullable GroupMachine machine;

	void show(GroupMachine machine) {
		this.machine = machine;
	}

	@Override
	public void init(RaftStorage storage) {
	}

	@Override
	public @Nullable SnapshotInfo getLatestSnapshot() {
		GroupMachine shown = this.machine;
		return (shown != null) ? shown.newestCheckpoint().map(CheckpointFiles::info).orElse(null) : null;
	}

	private static SnapshotInfo info(Checkpoint checkpoint) {
		try (Stream<Path> files = Files.list(checkpoint.directory())) {
			List<FileInfo> infos = files
				.filter((file) -> Files.isRegularFile(file) && !file.toString().endsWith(DIGEST))
				.map((file) -> new FileInfo(file.toAbsolutePath(), null))
				.toList();
			return new FileListSnapshotInfo(infos, TermIndex.valueOf(checkpoint.at().term(), checkpoint.at().index()));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public @Nullable File getSnapshotDir() {
		GroupMachine shown = this.machine;
		return (shown != null) ? shown.checkpoints().toAbsolutePath().toFile() : null;
	}

	@Override
	public void format() {
	}

	@Override
	public void cleanupOldSnapshots(SnapshotRetentionPolicy policy) {
	}

}

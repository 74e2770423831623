package io.kraft.engine.store.rocksdb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Where a replica has its files: {@code db}, the database, and {@code snapshots}, copies
 * of it with their positions as names. Nothing is made under its name, but beside it, and
 * renamed when it is complete and durable; so whatever a crash leaves is either the old
 * or the new one, and what has another name is removed at the next opening.
 */
final class ReplicaFiles {

	private static final String PARTIAL = ".partial";

	private final Path directory;

	/** Is called between two changes of files. */
	private final Consumer<String> steps;

	ReplicaFiles(Path directory, Consumer<String> steps) {
		this.directory = directory;
		this.steps = steps;
	}

	Path database() {
		return this.directory.resolve("db");
	}

	Path snapshots() {
		return this.directory.resolve("snapshots");
	}

	private Path newDatabase() {
		return this.directory.resolve("db.tmp");
	}

	private Path oldDatabase() {
		return this.directory.resolve("db.old");
	}

	/**
	 * Removes what an interrupted change has left.
	 */
	void clean() throws IOException {
		DataDirectory.createParents(this.directory);
		if (!Files.isDirectory(snapshots())) {
			PrivateFiles.createDirectory(snapshots());
		}
		SnapshotFiles.remove(newDatabase());
		try (Stream<Path> beside = Files.list(this.directory)) {
			// The library of the log moves the former snapshots there.
			for (Path path : beside.filter((path) -> path.getFileName().toString().startsWith("snapshots.")).toList()) {
				SnapshotFiles.remove(path);
			}
		}
		for (Path path : inSnapshots()) {
			ReplicaSnapshot snapshot = ReplicaSnapshot.of(path);
			if (snapshot == null || !SnapshotFiles.isComplete(path)) {
				SnapshotFiles.remove(path);
			}
		}
		recoverDatabase();
	}

	private void recoverDatabase() throws IOException {
		if (!Files.exists(database()) && newest().isEmpty() && Files.exists(oldDatabase())) {
			rename(oldDatabase(), database());
		}
		SnapshotFiles.remove(oldDatabase());
	}

	boolean hasDatabase() {
		return Files.exists(database());
	}

	/**
	 * The newest snapshot that is complete.
	 */
	Optional<ReplicaSnapshot> newest() throws IOException {
		ReplicaSnapshot newest = null;
		for (Path path : inSnapshots()) {
			ReplicaSnapshot snapshot = ReplicaSnapshot.of(path);
			if (snapshot != null && isNewer(snapshot, newest) && SnapshotFiles.isComplete(path)) {
				newest = snapshot;
			}
		}
		return Optional.ofNullable(newest);
	}

	private static boolean isNewer(ReplicaSnapshot snapshot, @Nullable ReplicaSnapshot than) {
		return than == null || Comparator.comparingLong((ReplicaSnapshot any) -> any.at().index())
			.thenComparingLong((any) -> any.at().term())
			.compare(snapshot, than) > 0;
	}

	private List<Path> inSnapshots() throws IOException {
		if (!Files.isDirectory(snapshots())) {
			return List.of();
		}
		try (Stream<Path> found = Files.list(snapshots())) {
			return found.toList();
		}
	}

	/**
	 * Adds a snapshot, and removes those before it.
	 * @param writer writes the database to a directory that is not there yet
	 */
	ReplicaSnapshot add(ReplicaPosition at, Consumer<Path> writer) throws IOException {
		if (!Files.isDirectory(snapshots())) {
			PrivateFiles.createDirectory(snapshots());
		}
		Path target = snapshots().resolve(ReplicaSnapshot.name(at));
		Path partial = snapshots().resolve(ReplicaSnapshot.name(at) + PARTIAL);
		SnapshotFiles.remove(partial);
		writer.accept(partial);
		this.steps.accept("a checkpoint is written");
		SnapshotFiles.seal(partial);
		this.steps.accept("a checkpoint is sealed");
		SnapshotFiles.remove(target);
		rename(partial, target);
		this.steps.accept("a checkpoint is named");
		for (Path path : inSnapshots()) {
			if (!path.equals(target)) {
				SnapshotFiles.remove(path);
			}
		}
		this.steps.accept("former checkpoints are removed");
		return new ReplicaSnapshot(at, target);
	}

	/**
	 * Replaces the database, which is closed, by that of a snapshot.
	 */
	void replaceDatabase(ReplicaSnapshot by) throws IOException {
		SnapshotFiles.remove(newDatabase());
		this.steps.accept("a snapshot is to be installed");
		SnapshotFiles.copy(by.directory(), newDatabase());
		this.steps.accept("the new database is made");
		if (hasDatabase()) {
			SnapshotFiles.remove(oldDatabase());
			rename(database(), oldDatabase());
			this.steps.accept("the old database is aside");
		}
		rename(newDatabase(), database());
		this.steps.accept("the new database is named");
		SnapshotFiles.remove(oldDatabase());
		this.steps.accept("the old database is removed");
	}

	private static void rename(Path from, Path to) throws IOException {
		Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
		DataDirectory.syncDirectory(Objects.requireNonNull(to.getParent()));
	}

}

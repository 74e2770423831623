package io.kraft.engine.store.rocksdb;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * A copy of a replica's database.
 *
 * @param at the last entry that it holds
 * @param directory of its files
 */
public record ReplicaSnapshot(ReplicaPosition at, Path directory) {

	private static final Pattern NAME = Pattern.compile("s-(\\d{1,18})-(\\d{1,18})");

	static String name(ReplicaPosition at) {
		return "s-" + at.term() + '-' + at.index();
	}

	/**
	 * The snapshot that a directory is by its name; null if it is none.
	 */
	static @Nullable ReplicaSnapshot of(Path directory) {
		Matcher name = NAME.matcher(directory.getFileName().toString());
		return name.matches() ? new ReplicaSnapshot(
				new ReplicaPosition(Long.parseLong(name.group(1)), Long.parseLong(name.group(2))), directory) : null;
	}

}

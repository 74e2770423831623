package io.kraft.engine.store.backup;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Says in a directory which backup it is a part of: a file of one line, whose name
 * changes when it has been restored and used.
 *
 * @param set identifies the backup: no other one has the same
 * @param partition number of the partition; -1 of the directory that holds them all
 * @param partitions how many there are
 * @param isUsed whether an engine has opened it since
 */
record SetMark(String set, int partition, int partitions, boolean isUsed) {

	/** The partition of a directory that holds those of all. */
	static final int WHOLE = -1;

	private static final String NEW = "kraft.backup";

	private static final String USED = "kraft.restored";

	private static final Pattern LINE = Pattern.compile("([0-9a-f]{32}) (-1|\\d{1,4}) of (\\d{1,4})\\n");

	private static final int LONGEST = 64;

	/**
	 * The mark of a directory; null if it has none.
	 * @throws IOException also if it cannot be understood
	 */
	static @Nullable SetMark read(Path directory) throws IOException {
		SetMark mark = read(directory.resolve(NEW), false);
		return (mark != null) ? mark : read(directory.resolve(USED), true);
	}

	private static @Nullable SetMark read(Path file, boolean isUsed) throws IOException {
		try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
			Matcher line = LINE.matcher(new String(in.readNBytes(LONGEST), StandardCharsets.US_ASCII));
			if (!line.matches()) {
				throw new IOException("the mark '" + file + "' of a backup cannot be understood");
			}
			return new SetMark(line.group(1), Integer.parseInt(line.group(2)), Integer.parseInt(line.group(3)), isUsed);
		}
		catch (NoSuchFileException ex) {
			return null;
		}
	}

	/** Durable when it returns. */
	void write(Path directory) throws IOException {
		SetFiles.write(directory.resolve(NEW), this.set + " " + this.partition + " of " + this.partitions + "\n");
		SetFiles.sync(directory);
	}

	/** Durable when it returns. */
	static void use(Path directory) throws IOException {
		Files.move(directory.resolve(NEW), directory.resolve(USED), StandardCopyOption.ATOMIC_MOVE);
		SetFiles.sync(directory);
	}

	boolean isOf(SetMark whole) {
		return this.set.equals(whole.set) && this.partitions == whole.partitions;
	}

}

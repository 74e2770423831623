package io.kraft.spring.boot.autoconfigure.actuate;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

import org.springframework.util.unit.DataSize;

/**
 * The free space of the disk that holds the journal, and how much of it there must be. A
 * full disk stops the engine until it is restarted, so it should accept no more work
 * before that.
 */
record FreeSpace(Path directory, DataSize minimum) {

	/**
	 * What is free now; empty if there is no such directory, because the store is
	 * elsewhere.
	 */
	OptionalLong bytes() {
		File directory = this.directory.toFile();
		return Files.isDirectory(this.directory) ? OptionalLong.of(directory.getUsableSpace()) : OptionalLong.empty();
	}

}

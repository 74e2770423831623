package io.kraft.engine.store.rocksdb;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

import io.kraft.engine.store.StorageException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Refuses a data directory that is not to be trusted, or warns of it where the
 * application allows it, and closes one that is. Where files have no POSIX permissions it
 * can only say so.
 */
final class DirectoryGuard {

	private static final Logger logger = LoggerFactory.getLogger(DirectoryGuard.class);

	private static final int SHOWN = 5;

	private final Path directory;

	private final ProcessIdentity self;

	private final DirectoryTrust trust;

	private final boolean known;

	private final boolean shared;

	private DirectoryGuard(Path directory, ProcessIdentity self, boolean known, boolean shared) {
		this.directory = directory;
		this.self = self;
		this.trust = new DirectoryTrust(self);
		this.known = known;
		this.shared = shared;
	}

	/**
	 * Of a directory that exists.
	 * @param shared whether other users may be able to write it
	 */
	static DirectoryGuard of(Path directory, boolean shared) throws IOException {
		if (!FileRights.areKnownFor(directory)) {
			logger.info("Whether other users may write to {} is not checked: its file system has no POSIX permissions."
					+ " Restrict it by those that it has", directory);
			return new DirectoryGuard(directory, new ProcessIdentity(0, Set.of()), false, shared);
		}
		return new DirectoryGuard(directory, ProcessIdentity.ofThisProcess(directory), true, shared);
	}

	/**
	 * Of a directory that exists, as another process would find it.
	 */
	static DirectoryGuard of(Path directory, ProcessIdentity self, boolean shared) {
		return new DirectoryGuard(directory, self, true, shared);
	}

	/**
	 * The directory and those above it, before anything in it is used.
	 */
	void checkDirectory() throws IOException {
		if (this.known) {
			this.trust.checkDirectory(this.directory);
			if (!this.shared) {
				refuse();
			}
		}
	}

	/**
	 * All that is in it, while no other process uses it.
	 */
	void checkContents() throws IOException {
		if (!this.known) {
			return;
		}
		this.trust.checkContents(this.directory);
		if (this.shared) {
			warn();
			return;
		}
		refuse();
		int closed = this.trust.close(this.directory);
		if (this.trust.wasOpenToGroup()) {
			logger.info("{} files and directories of the data directory {} were open to a group, or to all, and are"
					+ " closed now", closed, this.directory);
		}
	}

	private void refuse() {
		if (!this.trust.findings().isEmpty()) {
			throw new StorageException(StorageException.UNTRUSTED_DIRECTORY, "the data directory " + this.directory
					+ " can be written by others, who can make this application do anything: " + findings()
					+ ". Nothing in it was used. Give it to the user of this process alone (" + this.self
					+ "), after you have made sure that it was not changed; or set kraft.storage.allow-shared-directory=true, if all of those may do"
					+ " what this application may. See docs/reference/errors.md#kraft-4014", null);
		}
	}

	private void warn() {
		if (!this.trust.findings().isEmpty()) {
			logger.warn("The data directory {} can be written by others, who can make this application do anything"
					+ " (kraft.storage.allow-shared-directory=true): {}", this.directory, findings());
		}
	}

	private String findings() {
		List<String> all = this.trust.findings();
		return String.join("; ", all.subList(0, Math.min(SHOWN, all.size())))
				+ ((all.size() > SHOWN) ? "; and " + (all.size() - SHOWN) + " more" : "");
	}

}

package io.kraft.engine.store.rocksdb;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Who could have written what a data directory holds. It is as trusted as code: a journal
 * makes runs do anything that the beans of the application can do, and the native library
 * is code.
 * <p>
 * Trusted are the user of the process and the administrator. A group of the process may
 * write as well: a volume with Kubernetes' {@code fsGroup} is opened to it at each start
 * of a pod. Not judged are owners and groups of the directories above, only whether every
 * user may rename what is in them. What a link leads to is held to the same rules. Not
 * thread-safe.
 */
final class DirectoryTrust {

	private final ProcessIdentity self;

	private final List<String> findings = new ArrayList<>();

	private final Set<Path> seen = new HashSet<>();

	private int closed;

	private boolean openedToGroup;

	DirectoryTrust(ProcessIdentity self) {
		this.self = self;
	}

	/**
	 * Checks a directory and those above it, by its name and where links lead to.
	 */
	void checkDirectory(Path directory) throws IOException {
		Path real = directory.toRealPath();
		checkAbove(directory);
		checkAbove(real);
		check(real, FileRights.of(real));
	}

	/**
	 * Checks all that is in a directory.
	 */
	void checkContents(Path directory) throws IOException {
		Path real = directory.toRealPath();
		if (!this.seen.add(real)) {
			return;
		}
		try (DirectoryStream<Path> entries = Files.newDirectoryStream(real)) {
			for (Path entry : entries) {
				FileRights rights = FileRights.of(entry, LinkOption.NOFOLLOW_LINKS);
				check(entry, rights);
				if (rights.isLink()) {
					follow(entry);
				}
				else if (rights.isDirectory()) {
					checkContents(entry);
				}
			}
		}
	}

	/**
	 * What speaks against the directory; empty if nothing does.
	 */
	List<String> findings() {
		return List.copyOf(this.findings);
	}

	/**
	 * Takes the rights of others from a directory and from all in it that is ours.
	 * @return how many entries had such rights
	 */
	int close(Path directory) throws IOException {
		Path real = directory.toRealPath();
		close(real, FileRights.of(real));
		closeContents(real);
		return this.closed;
	}

	/** Whether {@link #close} found one that a group could write. */
	boolean wasOpenToGroup() {
		return this.openedToGroup;
	}

	private void closeContents(Path directory) throws IOException {
		try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
			for (Path entry : entries) {
				FileRights rights = FileRights.of(entry, LinkOption.NOFOLLOW_LINKS);
				close(entry, rights);
				if (rights.isDirectory()) {
					closeContents(entry);
				}
			}
		}
	}

	private void close(Path entry, FileRights rights) throws IOException {
		if (PrivateFiles.close(entry, rights, this.self)) {
			this.closed++;
			this.openedToGroup |= rights.isWritableByGroup();
		}
	}

	private void checkAbove(Path directory) throws IOException {
		for (Path above = directory.getParent(); above != null; above = above.getParent()) {
			FileRights rights = FileRights.of(above);
			if (rights.isWritableByOthers() && !rights.isSticky()) {
				find(above + " may be written by every user (" + rights.permissions()
						+ "), who could put another directory in the place of " + directory + " (chmod o-w " + above
						+ ')');
			}
		}
	}

	private void check(Path entry, FileRights rights) {
		if (!this.self.trusts(rights)) {
			find(entry + " belongs to user " + Integer.toUnsignedString(rights.user()) + ", but this is " + this.self
					+ " (chown -R it)");
		}
		// The permissions of a link mean nothing.
		if (!rights.isLink() && rights.isWritableByOthers()) {
			find(entry + " may be written by every user (" + rights.permissions() + ") (chmod -R go-rwx)");
		}
		else if (!rights.isLink() && rights.isWritableByGroup() && !this.self.groups().contains(rights.group())) {
			find(entry + " may be written by group " + Integer.toUnsignedString(rights.group()) + " ("
					+ rights.permissions() + "), but this is " + this.self + " (chmod -R go-rwx)");
		}
	}

	private void follow(Path link) throws IOException {
		Path target;
		try {
			target = link.toRealPath();
		}
		catch (NoSuchFileException ex) {
			find(link + " is a symbolic link that leads nowhere");
			return;
		}
		checkDirectory(target);
		if (Files.isDirectory(target)) {
			checkContents(target);
		}
	}

	private void find(String finding) {
		if (!this.findings.contains(finding)) {
			this.findings.add(finding);
		}
	}

}

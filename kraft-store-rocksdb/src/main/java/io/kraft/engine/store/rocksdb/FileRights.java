package io.kraft.engine.store.rocksdb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;

/**
 * Whose a file is, and who may write to it, as a file system with POSIX permissions keeps
 * it.
 *
 * @param mode type and permissions, as {@code stat} returns them
 * @param user number of the owner
 * @param group number of the group
 */
record FileRights(int mode, int user, int group) {

	private static final int TYPE = 0170000;

	private static final int DIRECTORY = 0040000;

	private static final int LINK = 0120000;

	private static final int STICKY = 01000;

	private static final int PERMISSIONS = 07777;

	private static final int WRITABLE_BY_GROUP = 020;

	private static final int WRITABLE_BY_OTHERS = 02;

	private static final int USABLE_BY_ANY_OTHER = 077;

	/**
	 * Whether files there have such rights at all; on Windows they do not.
	 */
	static boolean areKnownFor(Path path) {
		return path.getFileSystem().supportedFileAttributeViews().contains("unix");
	}

	/**
	 * Those of a file, or of the link itself if {@code NOFOLLOW_LINKS} is given.
	 */
	static FileRights of(Path path, LinkOption... options) throws IOException {
		Map<String, Object> attributes = Files.readAttributes(path, "unix:mode,uid,gid", options);
		return new FileRights(number(attributes, "mode"), number(attributes, "uid"), number(attributes, "gid"));
	}

	private static int number(Map<String, Object> attributes, String name) throws IOException {
		if (attributes.get(name) instanceof Integer number) {
			return number;
		}
		throw new IOException("the file system does not know the attribute 'unix:" + name + "'");
	}

	boolean isDirectory() {
		return (this.mode & TYPE) == DIRECTORY;
	}

	boolean isLink() {
		return (this.mode & TYPE) == LINK;
	}

	/** Only the owner of a file in such a directory may rename or delete it. */
	boolean isSticky() {
		return (this.mode & STICKY) != 0;
	}

	boolean isWritableByGroup() {
		return (this.mode & WRITABLE_BY_GROUP) != 0;
	}

	boolean isWritableByOthers() {
		return (this.mode & WRITABLE_BY_OTHERS) != 0;
	}

	/** Whether anybody but the owner may do anything with it. */
	boolean isShared() {
		return (this.mode & USABLE_BY_ANY_OTHER) != 0;
	}

	/** The permissions in the form that {@code chmod} takes, such as {@code 0755}. */
	String permissions() {
		return "0" + Integer.toOctalString(this.mode & PERMISSIONS);
	}

}

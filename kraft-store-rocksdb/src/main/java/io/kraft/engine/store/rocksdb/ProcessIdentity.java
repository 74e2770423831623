package io.kraft.engine.store.rocksdb;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * As whom this process uses files. Java has no call for it.
 *
 * @param user number of the effective user
 * @param groups numbers of all groups that it has
 */
record ProcessIdentity(int user, Set<Integer> groups) {

	/** Linux writes it there. */
	private static final Path STATUS = Path.of("/proc/self/status");

	ProcessIdentity {
		groups = Set.copyOf(groups);
	}

	/**
	 * That of this process.
	 * @param directory writable, in which a file shows it where the system does not show
	 * it
	 */
	static ProcessIdentity ofThisProcess(Path directory) throws IOException {
		return Files.isReadable(STATUS) ? parse(Files.readAllLines(STATUS, StandardCharsets.ISO_8859_1))
				: ofNewFile(directory);
	}

	static ProcessIdentity parse(List<String> status) throws IOException {
		List<Integer> users = numbers(status, "Uid:");
		List<Integer> groups = numbers(status, "Gid:");
		if (users.size() < 2 || groups.size() < 2) {
			throw new IOException(STATUS + " does not name the user of this process");
		}
		Set<Integer> all = new HashSet<>(numbers(status, "Groups:"));
		// The real one comes first, then the effective one.
		all.add(groups.get(1));
		return new ProcessIdentity(users.get(1), all);
	}

	private static List<Integer> numbers(List<String> status, String field) {
		return status.stream()
			.filter((line) -> line.startsWith(field))
			.flatMap((line) -> Arrays.stream(line.substring(field.length()).trim().split("\\s+")))
			.filter((number) -> !number.isEmpty())
			.map(Integer::parseUnsignedInt)
			.toList();
	}

	private static ProcessIdentity ofNewFile(Path directory) throws IOException {
		Path file = directory.resolve("kraft-" + UUID.randomUUID() + ".tmp");
		PrivateFiles.createFile(file);
		try {
			FileRights rights = FileRights.of(file);
			return new ProcessIdentity(rights.user(), Set.of(rights.group()));
		}
		finally {
			Files.delete(file);
		}
	}

	/** The process, or the administrator, who can write everywhere in any case. */
	boolean trusts(FileRights rights) {
		return rights.user() == this.user || rights.user() == 0;
	}

	boolean owns(FileRights rights) {
		return rights.user() == this.user;
	}

	@Override
	public String toString() {
		return "user " + Integer.toUnsignedString(this.user) + " with the groups "
				+ this.groups.stream().map(Integer::toUnsignedString).sorted().collect(Collectors.joining(", "));
	}

}

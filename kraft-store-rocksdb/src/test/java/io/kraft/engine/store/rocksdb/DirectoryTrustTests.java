package io.kraft.engine.store.rocksdb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;

import io.kraft.engine.store.StorageException;
import io.kraft.engine.store.Store;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * By the attributes of real files, because the tests may be executed by the
 * administrator, whom no permission keeps out.
 */
class DirectoryTrustTests {

	@TempDir
	private Path temporary;

	private Path data;

	private ProcessIdentity self;

	@BeforeEach
	void prepare() throws IOException {
		this.self = ProcessIdentity.ofThisProcess(this.temporary);
		this.data = this.temporary.resolve("parent/data");
	}

	@Test
	void everyDirectoryAndFileIsForItsUserOnlyFromTheSecondStartOn() throws IOException {
		open().close();
		assertThat(permissions(this.data)).isEqualTo("rwx------");
		assertThat(permissions(this.data.resolve("db"))).isEqualTo("rwx------");
		assertThat(permissions(this.data.resolve("kraft.lock"))).isEqualTo("rw-------");
		Path written = DatabaseFiles.named(this.data, "MANIFEST", "").getFirst();
		chmod(written, "rw-r--r--");

		DataDirectory.open(this.data, false).close();

		assertThat(permissions(written)).isEqualTo("rw-------");
	}

	@Test
	void aDirectoryThatEveryUserMayWriteIsRefusedAndNothingInItIsUsed() throws IOException {
		Files.createDirectories(this.data);
		chmod(this.data, "rwxrwxrwx");

		assertThatExceptionOfType(StorageException.class).isThrownBy(this::open)
			.withMessageStartingWith("KRAFT-4014: ")
			.withMessageContaining(this.data + " may be written by every user (0777)")
			.withMessageContaining("chmod -R go-rwx")
			.withMessageContaining("kraft.storage.allow-shared-directory=true");

		assertThat(this.data).isEmptyDirectory();
		assertThat(permissions(this.data)).isEqualTo("rwxrwxrwx");
	}

	@Test
	void aDirectoryBelowOneThatEveryUserMayWriteIsRefused() throws IOException {
		Path parent = Files.createDirectories(this.data.getParent());
		chmod(parent, "rwxrwxrwx");

		assertThatExceptionOfType(StorageException.class).isThrownBy(this::open)
			.withMessageContaining("could put another directory in the place of " + this.data)
			.withMessageContaining("chmod o-w " + parent);
	}

	@Test
	void aDirectoryBelowOneThatIsStickyIsAccepted() throws IOException {
		Path parent = Files.createDirectories(this.data.getParent());
		Files.setAttribute(parent, "unix:mode", 01777);

		assertThatCode(() -> open().close()).doesNotThrowAnyException();
	}

	@Test
	void aFileThatEveryUserMayWriteIsRefused() throws IOException {
		open().close();
		Path written = DatabaseFiles.named(this.data, "MANIFEST", "").getFirst();
		chmod(written, "rw-rw-rw-");

		assertThatExceptionOfType(StorageException.class).isThrownBy(this::open)
			.withMessageStartingWith("KRAFT-4014: ")
			.withMessageContaining(written + " may be written by every user (0666)");
	}

	@Test
	void aFileOfAnotherUserIsRefused() throws IOException {
		open().close();

		assertThat(findings(new ProcessIdentity(this.self.user() + 1, Set.of(77))))
			.satisfies((findings) -> assertThat(this.self.user() == 0 || !findings.isEmpty()).isTrue());
		if (this.self.user() == 0) {
			Path written = DatabaseFiles.named(this.data, "MANIFEST", "").getFirst();
			Files.setAttribute(written, "unix:uid", 4242);

			assertThatExceptionOfType(StorageException.class).isThrownBy(this::open)
				.withMessageContaining(written + " belongs to user 4242, but this is user 0");
		}
	}

	@Test
	void whatTheAdministratorOwnsIsTrusted() {
		ProcessIdentity user = new ProcessIdentity(1000, Set.of(1000));

		assertThat(user.trusts(new FileRights(0100600, 0, 0))).isTrue();
		assertThat(user.trusts(new FileRights(0100600, 1000, 0))).isTrue();
		assertThat(user.trusts(new FileRights(0100600, 1001, 1000))).isFalse();
		assertThat(new ProcessIdentity(0, Set.of(0)).trusts(new FileRights(0100600, 1001, 0))).isFalse();
	}

	@Test
	void whatItsOwnGroupMayWriteAsOnAVolumeWithAnFsGroupIsAcceptedAndClosed() throws IOException {
		open().close();
		Path written = this.data.resolve("kraft.lock");
		chmod(this.data, "rwxrwx---");
		chmod(written, "rw-rw----");

		open().close();

		assertThat(permissions(this.data)).isEqualTo("rwx------");
		assertThat(permissions(written)).isEqualTo("rw-------");
	}

	@Test
	void whatAnotherGroupMayWriteIsRefused() throws IOException {
		open().close();
		chmod(this.data, "rwxrwx---");

		assertThat(findings(new ProcessIdentity(this.self.user(), Set.of(4242)))).singleElement()
			.asString()
			.contains(this.data.toRealPath() + " may be written by group");
	}

	@Test
	void aLinkIsFollowedAndHeldToTheSameRules() throws IOException {
		open().close();
		Path elsewhere = this.temporary.resolve("elsewhere");
		Files.move(this.data.resolve("db"), elsewhere);
		Files.createSymbolicLink(this.data.resolve("db"), elsewhere);
		assertThatCode(() -> open().close()).doesNotThrowAnyException();

		chmod(elsewhere, "rwxrwxrwx");

		assertThatExceptionOfType(StorageException.class).isThrownBy(this::open)
			.withMessageStartingWith("KRAFT-4014: ")
			.withMessageContaining(elsewhere + " may be written by every user (0777)");
	}

	@Test
	void aLinkThatLeadsNowhereIsRefused() throws IOException {
		open().close();
		Files.createSymbolicLink(this.data.resolve("db/000999.sst"), this.temporary.resolve("nothing"));

		assertThatExceptionOfType(StorageException.class).isThrownBy(this::open)
			.withMessageContaining("000999.sst is a symbolic link that leads nowhere");
	}

	@Test
	void aDirectoryThatIsALinkIsJudgedByItsNameAndByWhereItLeads() throws IOException {
		Path links = Files.createDirectories(this.temporary.resolve("links"));
		Files.createDirectories(this.data);
		Path link = Files.createSymbolicLink(links.resolve("data"), this.data);
		RocksDbStore.open(new RocksDbOptions(link, true)).close();

		chmod(links, "rwxrwxrwx");

		assertThatExceptionOfType(StorageException.class)
			.isThrownBy(() -> RocksDbStore.open(new RocksDbOptions(link, true)))
			.withMessageContaining("chmod o-w " + links);
	}

	@Test
	void aSharedDirectoryIsUsedAsItIsWhereThatIsAllowed() throws IOException {
		Files.createDirectories(this.data);
		chmod(this.data, "rwxrwxrwx");

		RocksDbStore.open(new RocksDbOptions(this.data, true, RocksDbOptions.DEFAULT_NATIVE_MEMORY_BYTES, true))
			.close();

		assertThat(permissions(this.data)).isEqualTo("rwxrwxrwx");
	}

	@Test
	void noMoreThanFiveFindingsAreNamed() throws IOException {
		Files.createDirectories(this.data);
		for (int i = 0; i < 7; i++) {
			chmod(Files.createFile(this.data.resolve("file-" + i)), "rw-rw-rw-");
		}

		assertThatExceptionOfType(StorageException.class).isThrownBy(this::open).withMessageContaining("and 2 more");
	}

	@Test
	void theUserAndTheGroupsOfAProcessAreReadFromItsStatus() throws IOException {
		assertThat(ProcessIdentity.parse(
				List.of("Name:\tjava", "Uid:\t1\t1000\t1000\t1000", "Gid:\t2\t1001\t1\t1", "Groups:\t27 4294967294 ")))
			.isEqualTo(new ProcessIdentity(1000, Set.of(1001, 27, -2)))
			.hasToString("user 1000 with the groups 1001, 27, 4294967294");
	}

	private Store open() {
		return RocksDbStore.open(new RocksDbOptions(this.data, true));
	}

	private List<String> findings(ProcessIdentity self) throws IOException {
		DirectoryTrust trust = new DirectoryTrust(self);
		trust.checkDirectory(this.data);
		trust.checkContents(this.data);
		return trust.findings();
	}

	private static void chmod(Path file, String permissions) throws IOException {
		Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
	}

	private static String permissions(Path file) throws IOException {
		return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
	}

}

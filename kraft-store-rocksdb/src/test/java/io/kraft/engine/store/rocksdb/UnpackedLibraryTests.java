package io.kraft.engine.store.rocksdb;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.rocksdb.CompressionType;
import org.rocksdb.util.Environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

class UnpackedLibraryTests {

	private static final byte[] CONTENTS = "the machine code of the library".repeat(1000)
		.getBytes(StandardCharsets.UTF_8);

	private static final byte[] EVIL = "the machine code of an intruder".repeat(1000).getBytes(StandardCharsets.UTF_8);

	@TempDir
	private Path temporary;

	private Path directory;

	private UnpackedLibrary library;

	@BeforeEach
	void prepare() {
		this.directory = this.temporary.resolve("native");
		this.library = new UnpackedLibrary(this.directory, "library.so");
	}

	@Test
	void isUnpackedForItsUserOnly() throws IOException {
		Path file = unpack();

		assertThat(file).hasBinaryContent(CONTENTS);
		assertThat(permissions(file)).isEqualTo("rw-------");
		assertThat(permissions(file.getParent())).isEqualTo("rwx------");
		assertThat(permissions(this.directory)).isEqualTo("rwx------");
	}

	@Test
	void isWrittenOnce() throws IOException {
		FileTime longAgo = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));
		Files.setLastModifiedTime(unpack(), longAgo);

		assertThat(Files.getLastModifiedTime(unpack())).isEqualTo(longAgo);
	}

	@Test
	void isReplacedIfItIsOfTheSameLengthAndOtherwiseDifferent() throws IOException {
		Files.write(unpack(), EVIL);

		assertThat(unpack()).hasBinaryContent(CONTENTS);
	}

	@Test
	void isReplacedIfItIsALinkAndWhatTheLinkLeadsToIsNotTouched() throws IOException {
		Path elsewhere = Files.write(this.temporary.resolve("elsewhere"), CONTENTS);
		Path file = unpack();
		Files.delete(file);
		Files.createSymbolicLink(file, elsewhere);

		unpack();

		assertThat(file).isRegularFile().hasBinaryContent(CONTENTS);
		assertThat(Files.isSymbolicLink(file)).isFalse();
		assertThat(elsewhere).hasBinaryContent(CONTENTS);
	}

	@Test
	void isNotUnpackedThroughALinkInThePlaceOfItsDirectory() throws IOException {
		Path elsewhere = Files.createDirectory(this.temporary.resolve("elsewhere"));
		Files.createSymbolicLink(this.directory, elsewhere);

		unpack();

		assertThat(elsewhere).isEmptyDirectory();
		assertThat(Files.isDirectory(this.directory, LinkOption.NOFOLLOW_LINKS)).isTrue();
	}

	@Test
	void isNotUnpackedWhereItsNameIsThatOfADirectory() throws IOException {
		Path file = unpack();
		Files.delete(file);
		Files.createDirectories(file.resolve("not-empty"));

		assertThatIOException().isThrownBy(this::unpack);
	}

	/** RocksDB would load them, before its own. */
	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = "NO_COMPRESSION")
	void nothingElseIsLeftInItsDirectory(CompressionType compression) throws IOException {
		String name = Environment.getSharedLibraryFileName(compression.getLibraryName());
		Files.write(unpack().resolveSibling(name), EVIL);

		assertThat(unpack()).hasBinaryContent(CONTENTS);
		assertThat(names()).containsExactly("library.so");
	}

	@Test
	void aLinkInItsDirectoryIsRemovedAndWhatItLeadsToIsNotTouched() throws IOException {
		Path elsewhere = Files.write(this.temporary.resolve("elsewhere"), EVIL);
		Files.createSymbolicLink(unpack().resolveSibling("libz.so"), elsewhere);

		assertThat(unpack()).hasBinaryContent(CONTENTS);
		assertThat(names()).containsExactly("library.so");
		assertThat(elsewhere).hasBinaryContent(EVIL);
	}

	@Test
	void isUnpackedAfterACrashBeforeTheFirstByte() throws IOException {
		Path file = unpack();
		Files.move(file, partial(file));
		Files.write(partial(file), new byte[0]);

		assertThat(unpack()).hasBinaryContent(CONTENTS);
		assertThat(names()).containsExactly("library.so");
	}

	@Test
	void isUnpackedAfterACrashInTheMiddle() throws IOException {
		Path file = unpack();
		Files.delete(file);
		Files.write(partial(file), List.of("the mach"));

		assertThat(unpack()).hasBinaryContent(CONTENTS);
		assertThat(names()).containsExactly("library.so");
	}

	@Test
	void isUnpackedAfterACrashBeforeTheRenaming() throws IOException {
		Path file = unpack();
		Files.move(file, partial(file));

		assertThat(unpack()).hasBinaryContent(CONTENTS);
		assertThat(names()).containsExactly("library.so");
	}

	@Test
	void isUnpackedAfterACrashThatHasMadeTheDirectoriesOnly() throws IOException {
		Files.delete(unpack());

		assertThat(unpack()).hasBinaryContent(CONTENTS);
	}

	@Test
	void isNeverSeenInPart() throws IOException {
		assertThatIOException().isThrownBy(() -> this.library.unpack(new SecondTimeCutOff()))
			.withMessage("the disk is full");

		assertThat(names()).noneMatch((name) -> name.equals("library.so"));
		assertThat(unpack()).hasBinaryContent(CONTENTS);
		assertThat(names()).containsExactly("library.so");
	}

	@Test
	void isNotUsedIfItsJarChangesMeanwhile() {
		boolean[] read = { false };

		assertThatIOException().isThrownBy(() -> this.library.unpack(() -> {
			byte[] contents = read[0] ? EVIL : CONTENTS;
			read[0] = true;
			return new ByteArrayInputStream(contents);
		})).withMessageContaining("changed in its jar");
	}

	private Path unpack() throws IOException {
		return this.library.unpack(() -> new ByteArrayInputStream(CONTENTS)).resolve("library.so");
	}

	private List<String> names() throws IOException {
		try (Stream<Path> all = Files.walk(this.directory)) {
			return all.filter(Files::isRegularFile).map((file) -> file.getFileName().toString()).toList();
		}
	}

	private static Path partial(Path file) {
		return file.resolveSibling("library.so.0f2b.partial");
	}

	private static String permissions(Path file) throws IOException {
		return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
	}

	/** It is read once to be compared, and once to be written. */
	private static final class SecondTimeCutOff implements UnpackedLibrary.Packed {

		private boolean compared;

		@Override
		public InputStream open() {
			if (!this.compared) {
				this.compared = true;
				return new ByteArrayInputStream(CONTENTS);
			}
			InputStream half = new ByteArrayInputStream(CONTENTS, 0, CONTENTS.length / 2);
			return new SequenceInputStream(half, new InputStream() {

				@Override
				public int read() throws IOException {
					throw new IOException("the disk is full");
				}

				@Override
				public int read(byte[] bytes, int offset, int length) throws IOException {
					return read();
				}

			});
		}

	}

}

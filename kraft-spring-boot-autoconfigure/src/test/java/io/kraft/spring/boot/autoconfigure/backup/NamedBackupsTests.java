package io.kraft.spring.boot.autoconfigure.backup;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.kraft.client.BackupDescription;
import io.kraft.client.BackupRefusedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class NamedBackupsTests {

	private static final Path DIRECTORY = Path.of("backups");

	private final List<Path> made = new ArrayList<>();

	@Test
	void aBackupIsMadeBelowTheDirectory() {
		BackupDescriptor backup = new NamedBackups(this::backup, DIRECTORY).backup("2026-11-30_night.1");

		assertThat(this.made).containsExactly(DIRECTORY.resolve("2026-11-30_night.1"));
		assertThat(backup).isEqualTo(new BackupDescriptor("2026-11-30_night.1", 3, 4, 5, Instant.EPOCH));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", ".", "..", "../x", "a/b", "a\\b", "/etc", "C:x", ".hidden", "-x", "a b", "a\n",
			"a\u0000", "ü", "a.incomplete" })
	void aNameThatIsNoneIsRefused(String name) {
		assertThatExceptionOfType(BackupRefusedException.class)
			.isThrownBy(() -> new NamedBackups(this::backup, DIRECTORY).backup(name))
			.withMessageContaining("is not a valid name of a backup");
		assertThat(this.made).isEmpty();
	}

	@Test
	void aNameIsOfBoundedLength() {
		NamedBackups backups = new NamedBackups(this::backup, DIRECTORY);

		backups.backup("a".repeat(100));

		assertThatExceptionOfType(BackupRefusedException.class).isThrownBy(() -> backups.backup("a".repeat(101)));
	}

	@Test
	void withoutADirectoryItSaysWhatToSet() {
		assertThatExceptionOfType(BackupRefusedException.class)
			.isThrownBy(() -> new NamedBackups(this::backup, null).backup("nightly"))
			.withMessageContaining("Set kraft.storage.backup-path");
		assertThat(this.made).isEmpty();
	}

	private BackupDescription backup(Path target) {
		this.made.add(target);
		return new BackupDescription(target, 3, 4, 5, Instant.EPOCH);
	}

}

package io.kraft.sample.outside;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class EffectsLogTests {

	@TempDir
	private Path directory;

	@Test
	void aRepeatedKeyHasOneEffectAlsoAfterARestart() throws IOException {
		open().once("key-1", "charge", "order 1");
		EffectsLog restarted = open();
		restarted.once("key-1", "charge", "order 1");
		restarted.once("key-2", "ship", "order 1");

		assertThat(Files.readAllLines(file())).containsExactly("key-1 charge order 1", "key-2 ship order 1");
	}

	private EffectsLog open() throws IOException {
		return new EffectsLog(new SampleProperties(Duration.ZERO, 0, file().toString()));
	}

	private Path file() {
		return this.directory.resolve("new/effects.log");
	}

}

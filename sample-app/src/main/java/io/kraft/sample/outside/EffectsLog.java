package io.kraft.sample.outside;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

import org.springframework.stereotype.Component;

/**
 * Plays the services outside the process: bank, warehouse, parcel service, mail server. A
 * line {@code key step order} is written for each effect. As good services do, it
 * recognises a repeated idempotency key, also after a restart.
 */
@Component
public class EffectsLog {

	private final Path file;

	private final Set<String> keys = new HashSet<>();

	EffectsLog(SampleProperties properties) throws IOException {
		this.file = Path.of(properties.effectsLog()).toAbsolutePath();
		Files.createDirectories(this.file.resolveSibling("."));
		if (Files.exists(this.file)) {
			Files.readAllLines(this.file).forEach((line) -> this.keys.add(line.split(" ", 2)[0]));
		}
	}

	/**
	 * Makes an effect, unless one with that key was made before.
	 */
	public synchronized void once(String idempotencyKey, String step, String orderId) {
		if (!this.keys.add(idempotencyKey)) {
			return;
		}
		try {
			Files.write(this.file,
					"%s %s %s%n".formatted(idempotencyKey, step, orderId).getBytes(StandardCharsets.UTF_8),
					StandardOpenOption.CREATE, StandardOpenOption.APPEND);
		}
		catch (IOException ex) {
			this.keys.remove(idempotencyKey);
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * What a service calls the effect of a key: the same for a repeated one.
	 */
	public static String reference(String idempotencyKey) {
		return UUID.nameUUIDFromBytes(idempotencyKey.getBytes(StandardCharsets.UTF_8)).toString();
	}

}

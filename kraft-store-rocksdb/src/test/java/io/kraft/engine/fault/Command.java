package io.kraft.engine.fault;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * A command of the operating system.
 */
final class Command {

	private Command() {
	}

	/**
	 * @throws IOException with what it printed, if it fails
	 */
	static void run(String... command) throws IOException, InterruptedException {
		Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
		String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
		if (process.waitFor() != 0) {
			throw new IOException(String.join(" ", command) + ": " + said);
		}
	}

}

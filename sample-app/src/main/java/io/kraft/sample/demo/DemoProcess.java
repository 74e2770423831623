package io.kraft.sample.demo;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.kraft.sample.SampleApplication;

/**
 * This application once more, as a process of its own that may be killed.
 */
final class DemoProcess implements AutoCloseable {

	/** Marks the process as one. */
	static final String OPTION = "demo.process";

	private final Process process;

	private final BufferedReader output;

	/**
	 * Starts the process.
	 * @param demo whose {@link KilledDemo#runUntilKilled()} is called
	 * @param directory where the process before it kept its journal
	 * @param options for this process alone
	 */
	DemoProcess(String demo, DemoDirectory directory, String... options) throws IOException {
		List<String> command = new ArrayList<>();
		command.add(ProcessHandle.current().info().command().orElse("java"));
		command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
		command.addAll(application());
		command.addAll(List.of("--demo=" + demo, "--" + OPTION, directory.option()));
		command.addAll(List.of(options));
		this.process = new ProcessBuilder(command).redirectError(Redirect.INHERIT).start();
		// No caller waits for ever, whatever happens in it.
		CompletableFuture.delayedExecutor(2, TimeUnit.MINUTES).execute(this.process::destroyForcibly);
		this.output = this.process.inputReader(StandardCharsets.UTF_8);
	}

	/**
	 * The packaged jar, or the main class on the class path.
	 */
	private static List<String> application() {
		String classPath = System.getProperty("java.class.path");
		boolean packaged = classPath.endsWith(".jar") && !classPath.contains(File.pathSeparator);
		return packaged ? List.of("-jar", classPath) : List.of("-cp", classPath, SampleApplication.class.getName());
	}

	/**
	 * What the process prints, up to a line that it must print.
	 */
	List<String> readUntil(String last) throws IOException {
		List<String> lines = new ArrayList<>();
		while (!lines.contains(last)) {
			String line = this.output.readLine();
			if (line == null) {
				throw new IllegalStateException("The process ended without '%s': %s".formatted(last, lines));
			}
			lines.add(line);
		}
		return lines;
	}

	/**
	 * What the process prints, up to its end.
	 */
	List<String> readAll() {
		return this.output.lines().toList();
	}

	/**
	 * Kills the process with SIGKILL: it cannot do anything about it.
	 */
	void kill() {
		this.process.destroyForcibly();
	}

	int exitCode() throws InterruptedException {
		return this.process.waitFor();
	}

	@Override
	public void close() {
		kill();
	}

}

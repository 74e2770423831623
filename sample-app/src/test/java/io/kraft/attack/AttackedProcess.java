package io.kraft.attack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The application in a process of its own, with a small heap. Closing kills it.
 */
@SuppressWarnings("try") // A test that is interrupted ends.
final class AttackedProcess implements AutoCloseable {

	private static final Pattern PORT = Pattern.compile("Netty started on port (\\d+)");

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private final Process process;

	private final Path log;

	private AttackedProcess(Process process, Path log) {
		this.process = process;
		this.log = log;
	}

	static AttackedProcess start(Path directory) throws IOException {
		Path log = Files.createTempFile(directory, "log", ".txt");
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx128m",
						"-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED", "-cp",
						System.getProperty("java.class.path"), AttackedApplication.class.getName()));
		command.addAll(List.of("--server.port=0", "--kraft.storage.path=" + directory.resolve("data"),
				"--sample.effects-log=" + directory.resolve("effects.log"), "--sample.packing-time=50ms",
				"--kraft.web.enabled=true", "--kraft.web.unsecured-writes=true", "--kraft.web.body-timeout=5s",
				"--kraft.web.keep-alive=500ms", "--management.endpoints.web.exposure.include=*"));
		return new AttackedProcess(
				new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start(), log);
	}

	/**
	 * Waits until it serves requests.
	 */
	RawHttp http() {
		await().atMost(PATIENCE).until(() -> PORT.matcher(log()).find() || !this.process.isAlive());
		Matcher port = PORT.matcher(log());
		assertThat(port.find()).as(() -> log()).isTrue();
		return new RawHttp(Integer.parseInt(port.group(1)));
	}

	String awaitExit() throws InterruptedException {
		assertThat(this.process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).as(() -> log()).isTrue();
		return log();
	}

	boolean isAlive() {
		return this.process.isAlive();
	}

	/**
	 * Collects garbage there, as an operator would.
	 */
	void collectGarbage() throws IOException, InterruptedException {
		new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
				Long.toString(this.process.pid()), "GC.run")
			.redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.DISCARD)
			.start()
			.waitFor();
	}

	String log() {
		try {
			return Files.readString(this.log);
		}
		catch (IOException ex) {
			return ex.toString();
		}
	}

	@Override
	public void close() throws InterruptedException {
		this.process.destroyForcibly().waitFor();
	}

}

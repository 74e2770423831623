package io.kraft.engine.fault;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import io.kraft.client.WorkflowStatus;
import io.kraft.engine.process.ChildProcess;
import org.awaitility.core.ConditionTimeoutException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A {@link FaultyProcess} of one's own, and its notes. Closing kills it.
 */
@SuppressWarnings("try") // A test that is interrupted ends.
final class Child implements AutoCloseable {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private final Path data;

	private final Path log;

	private final Notes notes;

	private final Process process;

	private final Writer commands;

	private Child(Path data, Path log, Notes notes, Process process) {
		this.data = data;
		this.log = log;
		this.notes = notes;
		this.process = process;
		this.commands = process.outputWriter();
	}

	/**
	 * @param directory of the notes; it has no faults
	 */
	static Child start(Path directory, Path data, String life) throws IOException {
		return start(directory, data, life, 1);
	}

	/**
	 * @param directory of the notes; it has no faults
	 */
	static Child start(Path directory, Path data, String life, int partitions) throws IOException {
		Path notes = directory.resolve("notes");
		Path log = directory.resolve("log-" + life);
		Process process = ChildProcess
			.of(List.of("-Xmx96m", "-Djdk.virtualThreadScheduler.parallelism=3"), FaultyProcess.class, data.toString(),
					notes.toString(), life, Integer.toString(partitions))
			.redirectErrorStream(true)
			.redirectOutput(log.toFile())
			.start();
		return new Child(data, log, new Notes(notes), process);
	}

	Path data() {
		return this.data;
	}

	Notes notes() {
		return this.notes;
	}

	void command(String line) throws IOException {
		this.commands.write(line + "\n");
		this.commands.flush();
	}

	/** Sends a signal to this process, by its id. */
	void signal(String name) throws IOException, InterruptedException {
		Command.run("kill", "-" + name, Long.toString(this.process.pid()));
	}

	void awaitNote(String kind) {
		await(kind, () -> this.notes.count(kind) > 0);
	}

	void awaitExit() throws InterruptedException {
		assertThat(this.process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).as(() -> describe("ends")).isTrue();
	}

	/**
	 * Waits until as many further orders as this have ended.
	 */
	void awaitProgress(int orders) {
		long before = this.notes.count("ended");
		await("progress", () -> this.notes.count("ended") >= before + orders);
	}

	/**
	 * Waits until each order that has been started by now has ended.
	 */
	void awaitStarted() {
		List<String> started = this.notes.of("started").stream().map((words) -> words.get(1)).toList();
		await("the end of what was started",
				() -> this.notes.of("ended").stream().map((words) -> words.get(1)).toList().containsAll(started));
	}

	void awaitStatus(String run, Set<WorkflowStatus> statuses) {
		await(run + " is one of " + statuses,
				() -> statuses.contains(WorkflowStatus.valueOf(ask("status " + run, "status").get(1))));
	}

	/**
	 * Waits for the engine to be in this state.
	 * @return state and cause
	 */
	List<String> awaitHealth(String state) {
		await("health " + state, () -> health().get(1).equals(state));
		return this.notes.of("health").getLast();
	}

	List<String> health() {
		return ask("health", "health");
	}

	/**
	 * Lets an order run in each partition, and waits for what becomes of it.
	 */
	void probe(int partitions) throws IOException {
		command("probe");
		await("an answer of each partition", () -> this.notes.count("probed") >= partitions);
	}

	private List<String> ask(String question, String answer) {
		long before = this.notes.count(answer);
		try {
			command(question);
		}
		catch (IOException ex) {
			throw new AssertionError(describe("the process has ended"), ex);
		}
		await("an answer to " + question, () -> this.notes.count(answer) > before);
		return this.notes.of(answer).getLast();
	}

	/**
	 * Stops the engine, and awaits the end of the process.
	 * @return how long the stop took
	 */
	Duration stop() throws IOException, InterruptedException {
		command("stop");
		assertThat(this.process.waitFor(60, TimeUnit.SECONDS)).as(() -> describe("ends when it is stopped")).isTrue();
		return Duration.ofMillis(Long.parseLong(this.notes.of("stopped").getLast().get(1)));
	}

	/**
	 * Lets the process go on for a while.
	 */
	void waitFor(Duration duration) throws InterruptedException {
		assertThat(this.process.waitFor(duration.toMillis(), TimeUnit.MILLISECONDS))
			.as(() -> describe("died by itself"))
			.isFalse();
	}

	void kill() throws InterruptedException {
		this.process.destroyForcibly().waitFor();
	}

	private void await(String what, BooleanSupplier condition) {
		try {
			org.awaitility.Awaitility.await(what)
				.atMost(PATIENCE)
				.pollInterval(Duration.ofMillis(20))
				.until(() -> condition.getAsBoolean() || !this.process.isAlive());
		}
		catch (ConditionTimeoutException ex) {
			throw new AssertionError(describe(what), ex);
		}
		assertThat(condition.getAsBoolean()).as(() -> describe("died before " + what)).isTrue();
	}

	private String describe(String what) {
		try {
			return what + ": " + this.notes.of("wrong") + "\n" + Files.readString(this.log);
		}
		catch (IOException ex) {
			return what + ": " + ex;
		}
	}

	@Override
	public void close() throws InterruptedException {
		kill();
	}

}

package io.kraft.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.kraft.engine.KraftEngine;
import io.kraft.engine.export.ExportedJournal;
import io.kraft.test.replay.ReplayResult;
import io.kraft.test.replay.RunReplay;

/**
 * Replays journals that were recorded in a running application against the code of today:
 * would the runs that wait there continue after the next deployment? No step is entered,
 * nothing is sent, no other run starts. Thread-safe.
 */
public final class WorkflowReplayer {

	private final KraftEngine engine;

	/**
	 * A replayer for the workflows and steps of an engine, which need not run and is not
	 * touched.
	 */
	public WorkflowReplayer(KraftEngine engine) {
		this.engine = engine;
	}

	/**
	 * Replays a journal.
	 * @param json as {@link io.kraft.client.WorkflowClient#export} has written it
	 * @throws AssertionError that explains the first difference, if the code takes
	 * another path or has another outcome
	 * @throws IllegalArgumentException if the text is not an exported journal
	 */
	public ReplayResult replay(String json) {
		ReplayResult result = tryReplay(json);
		if (result instanceof ReplayResult.Different) {
			throw new AssertionError(result.toString());
		}
		return result;
	}

	/**
	 * Replays a journal, and returns the result.
	 * @throws IllegalArgumentException if the text is not an exported journal
	 */
	public ReplayResult tryReplay(String json) {
		try {
			return new RunReplay(ExportedJournal.fromJson(json)).with(this.engine);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("the thread of the test was interrupted during a replay", ex);
		}
	}

	/**
	 * Replays every file {@code *.json} of a directory and those below.
	 * @return the result of each, in the order of their paths
	 * @throws AssertionError that explains the first difference in each that differs
	 * @throws IllegalArgumentException if a file is not an exported journal, or there is
	 * none
	 */
	public List<ReplayResult> replayAll(Path directory) {
		List<ReplayResult> results = new ArrayList<>();
		List<String> differences = new ArrayList<>();
		for (Path file : files(directory)) {
			ReplayResult result = replay(file);
			results.add(result);
			if (result instanceof ReplayResult.Different) {
				differences.add(directory.relativize(file) + ": " + result);
			}
		}
		if (!differences.isEmpty()) {
			throw new AssertionError(differences.size() + " of " + results.size()
					+ " recorded journals do not replay:\n" + String.join("\n", differences));
		}
		return results;
	}

	private ReplayResult replay(Path file) {
		try {
			return tryReplay(Files.readString(file));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException(file + ": " + ex.getMessage(), ex);
		}
	}

	private static List<Path> files(Path directory) {
		try (Stream<Path> paths = Files.walk(directory)) {
			List<Path> files = paths.filter((path) -> path.toString().endsWith(".json"))
				.sorted()
				.collect(Collectors.toList());
			if (files.isEmpty()) {
				throw new IllegalArgumentException("no recorded journal, *.json, is in " + directory);
			}
			return files;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}

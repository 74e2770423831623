package io.kraft;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Code and documentation use the field's standard terms: one word for one idea.
 */
class WordsTests {

	private static final Path PROJECT = Path.of("..");

	/** What not to write, and what to write. */
	private static final Map<Pattern, String> WORDS = words();

	/** Names of the public API, and labels that its users compare. */
	private static final Pattern FIXED = Pattern
		.compile("lastTick|nextTick|settle\\(\\)|[\"`']undo[\"`']|\\{@code undo}|`undo`");

	/** A word may begin a sentence. */
	private static final Pattern CAPITAL = Pattern.compile("\\b[A-Z](?=[a-z])");

	private static Map<Pattern, String> words() {
		Map<Pattern, String> words = new LinkedHashMap<>();
		forbid(words, "mend(s|ed|ing)?|cures?", "fix, solution");
		forbid(words, "tells?|told", "notify, report, publish, log");
		forbid(words, "somebody|nobody|who (asks|waits)|whoever", "the caller, waiters, no client");
		forbid(words, "go(es)? on", "continue, resume");
		forbid(words, "settle[sd]?|settled\\w+", "record, complete");
		forbid(words, "chances?", "random");
		forbid(words, "undo(ing|ne)?|undo\\w*|Undo\\w*", "compensate, compensation");
		forbid(words, "(work )?at once", "in parallel, immediately, at the same time");
		forbid(words, "by hand", "manually");
		forbid(words, "(is|was|are) born|births?|\\w*Birth|lives of|departures?|departs?", "creation, lifecycle, exit");
		forbid(words, "ticks?", "fire time");
		forbid(words, "in hand|\\w+InHand", "in flight");
		forbid(words, "seams?", "extension point, SPI");
		forbid(words, "belongs? into|at last", "belongs in, eventually");
		forbid(words, "lanes?|gates?|bells?|\\w*Lanes?|\\w*Gates?", "pending queue, concurrency limit, notifier");
		forbid(words, "that is none", "an invalid one");
		return words;
	}

	private static void forbid(Map<Pattern, String> words, String pattern, String instead) {
		words.put(Pattern.compile("\\b(" + pattern + ")\\b"), instead);
	}

	@Test
	void codeAndDocumentationUseTheStandardTerms() throws IOException {
		List<String> found = new ArrayList<>();
		List<Path> files = files();
		for (Path file : files) {
			look(file, found);
		}

		assertThat(files).as("what is looked at").hasSizeGreaterThan(400);
		assertThat(found).isEmpty();
	}

	private static void look(Path file, List<String> found) throws IOException {
		int number = 0;
		for (String line : Files.readAllLines(file)) {
			String place = PROJECT.relativize(file) + ":" + ++number;
			String text = FIXED.matcher(line).replaceAll("");
			String small = CAPITAL.matcher(text).replaceAll((capital) -> capital.group().toLowerCase(Locale.ROOT));
			for (Map.Entry<Pattern, String> word : WORDS.entrySet()) {
				Stream.of(text, small)
					.map(word.getKey()::matcher)
					.filter(Matcher::find)
					.findFirst()
					.ifPresent((matcher) -> found.add(place + ": '" + matcher.group() + "', better: " + word.getValue()
							+ " (" + line.strip() + ")"));
			}
		}
	}

	private static List<Path> files() throws IOException {
		try (Stream<Path> all = Files.walk(PROJECT)) {
			return all.filter(WordsTests::isLookedAt).sorted().toList();
		}
	}

	private static boolean isLookedAt(Path file) {
		String path = "/" + PROJECT.relativize(file).toString().replace('\\', '/');
		boolean isCode = path.contains("/src/main/") && path.matches(".*\\.(java|json|yaml|yml|properties)");
		// Decisions and the changelog are records of their time.
		boolean isText = path.matches("/docs/.*\\.md|/(README|CONTRIBUTING|UPGRADING)\\.md")
				&& !path.startsWith("/docs/decisions/");
		return !path.contains("/target/") && (isCode || isText);
	}

}

package io.kraft.spring.boot.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the pages show of a terminal can be typed, and is what is printed.
 */
class ShownOutputTests {

	private static final Pattern CURL = Pattern.compile("\\bcurl (?:[^\\n`\\\\]|\\\\.|\\\\\\n)*");

	@Test
	void messagesNameTheirSectionByAnAddressAndNotByAPlaceInTheRepository() throws IOException {
		assertThat(pages())
			.allSatisfy((page, text) -> assertThat(text).doesNotContain("See docs/reference/errors.md#"));
	}

	@Test
	void aRequestWithABodySaysOfWhichTypeItIs() throws IOException {
		List<String> requests = pages().values()
			.stream()
			.flatMap((text) -> CURL.matcher(text).results().map(MatchResult::group))
			.filter((request) -> request.contains(" -d "))
			.toList();

		assertThat(requests).hasSizeGreaterThan(7)
			.allMatch((request) -> request.contains("-H \"$JSON\"")
					|| request.contains("-H 'Content-Type: application/json'"));
	}

	private static Map<String, String> pages() throws IOException {
		Map<String, String> pages = new TreeMap<>();
		try (Stream<Path> files = Files.walk(Path.of("../docs"))) {
			for (Path file : Stream.concat(files, Stream.of(Path.of("../README.md"))).toList()) {
				if (file.toString().endsWith(".md")) {
					pages.put(file.toString(), Files.readString(file));
				}
			}
		}
		return pages;
	}

}

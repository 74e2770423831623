package io.kraft.spring.boot.autoconfigure.guide;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Java that a page shows is in the sources of this package, so that it compiles.
 */
class GuidePagesTests {

	private static final Pattern JAVA = Pattern.compile("```java\\R(.*?)```", Pattern.DOTALL);

	private static final Path SOURCES = Path.of("src/test/java",
			GuidePagesTests.class.getPackageName().replace('.', '/'));

	/** Checked in the module that they are about. */
	private static final Set<String> ELSEWHERE = Set.of("testing.md", "order-saga.md", "human-approval.md", "agent.md",
			"http-api.md", "actuator.md", "security-web.md");

	@ParameterizedTest
	@MethodSource("pagesWithCode")
	void theCodeOnThePageIsCompiled(Path page) throws IOException {
		List<String> blocks = JAVA.matcher(Files.readString(page))
			.results()
			.map((MatchResult block) -> normalized(block.group(1)))
			.toList();
		String sources = sources();

		assertThat(blocks).isNotEmpty().allSatisfy((block) -> assertThat(sources).contains(block));
	}

	static List<Path> pagesWithCode() throws IOException {
		try (Stream<Path> docs = Files.walk(Path.of("../docs"))) {
			List<Path> pages = new ArrayList<>(List.of(Path.of("../README.md")));
			for (Path page : docs.filter((file) -> file.toString().endsWith(".md")).sorted().toList()) {
				if (!ELSEWHERE.contains(page.getFileName().toString()) && JAVA.matcher(Files.readString(page)).find()) {
					pages.add(page);
				}
			}
			return pages;
		}
	}

	private static String sources() throws IOException {
		try (Stream<Path> files = Files.list(SOURCES)) {
			StringBuilder sources = new StringBuilder();
			for (Path file : files.sorted().toList()) {
				sources.append(normalized(Files.readString(file)));
			}
			return sources.toString();
		}
	}

	private static String normalized(String code) {
		return code.lines()
			.map(String::strip)
			.filter((line) -> !line.isEmpty())
			.collect(Collectors.joining("\n", "", "\n"));
	}

}

package io.kraft.spring.boot.web.guide;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Java that the pages on the web API and the actuator show is in the sources of this
 * package, so that it compiles.
 */
class GuidePagesTests {

	private static final Pattern JAVA = Pattern.compile("```java\\R(.*?)```", Pattern.DOTALL);

	private static final Path SOURCES = Path.of("src/test/java",
			GuidePagesTests.class.getPackageName().replace('.', '/'));

	@ParameterizedTest
	@ValueSource(strings = { "http-api.md", "actuator.md", "security-web.md" })
	void theCodeOnThePageIsCompiled(String page) throws IOException {
		List<String> blocks = JAVA.matcher(Files.readString(Path.of("../docs/reference", page)))
			.results()
			.map((MatchResult block) -> normalized(block.group(1)))
			.toList();
		String sources = sources();

		assertThat(blocks).isNotEmpty().allSatisfy((block) -> assertThat(sources).contains(block));
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

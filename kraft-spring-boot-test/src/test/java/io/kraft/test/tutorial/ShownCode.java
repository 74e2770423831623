package io.kraft.test.tutorial;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The blocks of Java on a page of {@code docs}.
 */
public final class ShownCode {

	private static final Pattern JAVA = Pattern.compile("```java\\R(.*?)```", Pattern.DOTALL);

	private ShownCode() {
	}

	/**
	 * Checks that each block is in a source file of the given class's package, so that it
	 * compiles.
	 */
	public static void assertCompiled(String page, Class<?> test) throws IOException {
		List<String> blocks = JAVA.matcher(Files.readString(Path.of("../docs", page)))
			.results()
			.map((MatchResult block) -> normalized(block.group(1)))
			.toList();
		String sources = sources(Path.of("src/test/java", test.getPackageName().replace('.', '/')));

		assertThat(blocks).isNotEmpty().allSatisfy((block) -> assertThat(sources).contains(block));
	}

	private static String sources(Path directory) throws IOException {
		try (Stream<Path> files = Files.list(directory)) {
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

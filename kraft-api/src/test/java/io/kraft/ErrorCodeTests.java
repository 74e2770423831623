package io.kraft;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.kraft.workflow.ErrorCode;
import io.kraft.workflow.ErrorCode.Repetition;
import io.kraft.workflow.ErrorDocs;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Holds the codes and the heads of the sections of {@code errors.md} together.
 */
class ErrorCodeTests {

	private static final Pattern HEAD = Pattern.compile(
			"## (KRAFT-\\d{4}): ([^\\n]+)\\n\\n- \\*\\*Class\\*\\*: [^\\n]+\\n- \\*\\*Retry\\*\\*: ([^\\n]+)\\n- \\*\\*HTTP\\*\\*: (\\d{3})\\b");

	private final Map<String, Head> heads = heads();

	@Test
	void eachCodeHasASectionAndEachSectionACode() {
		assertThat(this.heads.keySet())
			.containsExactlyInAnyOrderElementsOf(Arrays.stream(ErrorCode.values()).map(ErrorCode::code).toList());
	}

	@Test
	void theHeadOfASectionHasTheStatusOfHttp() {
		for (ErrorCode code : ErrorCode.values()) {
			assertThat(this.heads.get(code.code()).httpStatus()).as(code.code()).isEqualTo(code.httpStatus());
		}
	}

	@Test
	void theHeadOfASectionSaysWhetherToRepeat() {
		for (ErrorCode code : ErrorCode.values()) {
			Head head = this.heads.get(code.code());
			assertThat(code.repetition()).as("%s: %s", code.code(), head.retry()).isEqualTo(head.repetition());
		}
	}

	@Test
	void theTitleOfASectionIsThatOfTheCode() {
		for (ErrorCode code : ErrorCode.values()) {
			assertThat(ErrorDocs.title(code.code())).isEqualTo(this.heads.get(code.code()).title());
		}
		assertThat(ErrorDocs.title("KRAFT-0000")).isEqualTo("KRAFT-0000");
	}

	@Test
	void aCodeIsFoundByItsText() {
		assertThat(ErrorCode.of("KRAFT-3001")).hasValue(ErrorCode.WORKFLOW_NOT_FOUND);
		assertThat(ErrorCode.of("KRAFT-0000")).isEmpty();
	}

	private static Map<String, Head> heads() {
		Map<String, Head> heads = new TreeMap<>();
		Matcher matcher = HEAD.matcher(page());
		while (matcher.find()) {
			heads.put(matcher.group(1),
					new Head(matcher.group(2), matcher.group(3), Integer.parseInt(matcher.group(4))));
		}
		return heads;
	}

	/** Tests run in the directory of their module. */
	private static String page() {
		Path page = Stream.iterate(Path.of("").toAbsolutePath(), (directory) -> directory != null, Path::getParent)
			.map((directory) -> directory.resolve("docs/reference/errors.md"))
			.filter(Files::exists)
			.findFirst()
			.orElseThrow();
		try {
			return Files.readString(page);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * What stands at the beginning of a section.
	 */
	private record Head(String title, String retry, int httpStatus) {

		Repetition repetition() {
			if (this.retry.startsWith("yes") || this.retry.startsWith("perhaps")) {
				return Repetition.HELPS;
			}
			return this.retry.matches("no[.;].*") ? Repetition.USELESS : Repetition.AFTER_CHANGE;
		}

	}

}

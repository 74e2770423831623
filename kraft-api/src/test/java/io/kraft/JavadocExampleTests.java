package io.kraft;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.kraft.client.RunOperation;
import io.kraft.client.RunStarts;
import io.kraft.client.StartOptions;
import io.kraft.client.WorkflowClient;
import io.kraft.client.WorkflowHandle;
import io.kraft.workflow.DurableFuture;
import io.kraft.workflow.ErrorCode;
import io.kraft.workflow.Schedule;
import io.kraft.workflow.Step;
import io.kraft.workflow.Workflow;
import io.kraft.workflow.WorkflowContext;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Javadoc takes its examples from compiled code ({@code --snippet-path src/test/java}),
 * and public types say since when they exist.
 */
class JavadocExampleTests {

	private static final Path MAIN = Path.of("src/main/java");

	private static final Path TEST = Path.of("src/test/java");

	private static final Pattern SNIPPET = Pattern.compile("\\{@snippet class = \"([\\w.]+)\" region = \"(\\w+)\"}");

	private static final Pattern PUBLIC_TYPE = Pattern
		.compile("^public (?:[a-z-]+ )*(?:@interface|class|interface|record|enum) ", Pattern.MULTILINE);

	@Test
	void eachExampleIsARegionOfCompiledCode() {
		List<String> missing = new ArrayList<>();
		sources().forEach((source) -> {
			Matcher snippet = SNIPPET.matcher(read(source));
			while (snippet.find()) {
				Path example = TEST.resolve(snippet.group(1).replace('.', '/') + ".java");
				if (!Files.exists(example)
						|| !read(example).contains("// @start region = \"" + snippet.group(2) + "\"\n")) {
					missing.add(source + ": " + snippet.group());
				}
			}
		});

		assertThat(missing).isEmpty();
	}

	@Test
	void theTypesThatUsersMeetFirstHaveAnExample() {
		for (Class<?> type : List.of(Workflow.class, Step.class, Schedule.class, WorkflowContext.class,
				DurableFuture.class, WorkflowClient.class, RunStarts.class, StartOptions.class, WorkflowHandle.class,
				RunOperation.class, ErrorCode.class)) {
			assertThat(read(MAIN.resolve(type.getName().replace('.', '/') + ".java"))).as(type.getName())
				.contains("{@snippet class");
		}
	}

	@Test
	void eachPublicTypeSaysSinceWhenItExists() {
		assertThat(sources()).filteredOn((source) -> PUBLIC_TYPE.matcher(read(source)).find())
			.isNotEmpty()
			.allSatisfy((source) -> assertThat(read(source)).contains(" * @since 0.1.0\n"));
	}

	private static List<Path> sources() {
		try (Stream<Path> files = Files.walk(MAIN)) {
			return files.filter((file) -> file.toString().endsWith(".java")).sorted().toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}

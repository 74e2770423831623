package io.kraft.sample.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.DefaultApplicationArguments;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each demo prints what its section in {@code docs/guide/demos.md} says.
 */
@SpringBootTest(webEnvironment = WebEnvironment.NONE)
@ActiveProfiles("demo")
@ExtendWith(OutputCaptureExtension.class)
@DirtiesContext // Closed before its directory is removed.
class DemoTests {

	private static final Pattern SECTION = Pattern.compile("^## ([a-z-]+)$.*?^```text\n(.*?)^```$",
			Pattern.MULTILINE | Pattern.DOTALL);

	@TempDir
	private static Path directory;

	private final DemoRunner runner;

	DemoTests(@Autowired DemoRunner runner) {
		this.runner = runner;
	}

	@DynamicPropertySource
	static void directories(DynamicPropertyRegistry properties) {
		properties.add("demo.directory", directory::toString);
	}

	@ParameterizedTest
	@MethodSource("namesOnThePage")
	void aDemoPrintsWhatThePageSays(String name, CapturedOutput output) throws Exception {
		this.runner.run(new DefaultApplicationArguments("--demo=" + name));

		assertThat(output.getOut()).isEqualToNormalizingNewlines(page().get(name));
	}

	@Test
	void thePageShowsEachDemo() throws IOException {
		assertThat(namesOnThePage()).isEqualTo(this.runner.names());
	}

	@Test
	void anUnknownDemoIsAnsweredWithTheKnownOnes(CapturedOutput output) throws IOException {
		int exitCode = DemoApplication.run("--demo=juggling");

		assertThat(exitCode).isEqualTo(2);
		assertThat(output.getErr()).contains("no demo 'juggling'").contains(this.runner.names());
	}

	@Test
	void withoutTheOptionNoDemoIsRun(CapturedOutput output) throws Exception {
		this.runner.run(new DefaultApplicationArguments("--server.port=8080"));

		assertThat(output.getAll()).isEmpty();
		assertThat(this.runner.getExitCode()).isZero();
	}

	static List<String> namesOnThePage() throws IOException {
		return List.copyOf(page().keySet());
	}

	private static Map<String, String> page() throws IOException {
		Map<String, String> blocks = new TreeMap<>();
		Matcher section = SECTION.matcher(Files.readString(Path.of("../docs/guide/demos.md")));
		while (section.find()) {
			blocks.put(section.group(1), section.group(2));
		}
		return blocks;
	}

}

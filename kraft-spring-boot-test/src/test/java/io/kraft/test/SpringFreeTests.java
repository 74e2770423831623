package io.kraft.test;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.kraft.test.shop.guide.PlainTests;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The Spring-free half of the module, in a process whose class path has no Spring: what a
 * user of the engine alone has.
 */
class SpringFreeTests {

	private static final Pattern OF_SPRING = Pattern.compile("[/\\\\](spring-|kraft-spring-boot-(?!test))");

	private static final List<Class<?>> TESTS = List.of(PlainTests.class, AssertionTests.class, CrashTests.class,
			StubTests.class, TickTests.class, ReplayerTests.class, RocksDbTests.class);

	@Test
	void plainTestsNeedNoSpring() throws IOException, InterruptedException {
		Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"--enable-native-access=ALL-UNNAMED", "-XX:TieredStopAtLevel=1", "-Xmx512m", "-cp",
				classPathWithoutSpring(), SpringFreeProcess.class.getName(),
				TESTS.stream().map(Class::getName).collect(Collectors.joining(",")))
			.redirectErrorStream(true)
			.start();

		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

		assertThat(process.waitFor()).as(output).isZero();
		assertThat(output).contains(TESTS.size() + " classes");
	}

	private static String classPathWithoutSpring() {
		return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
			.filter((entry) -> !OF_SPRING.matcher(entry).find())
			.collect(Collectors.joining(File.pathSeparator));
	}

}

package io.kraft.sample.demo;

import java.io.IOException;

import io.kraft.sample.SampleApplication;

import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.DefaultApplicationArguments;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.util.StringUtils;

/**
 * The sample as {@code --demo=<name>} starts it: without a web server, with the profile
 * {@code demo}, in a directory of its own, and only until the demo has ended.
 */
public final class DemoApplication {

	private DemoApplication() {
	}

	/**
	 * Whether the command line asks for a demo.
	 */
	public static boolean isAskedFor(String... args) {
		return new DefaultApplicationArguments(args).containsOption(DemoRunner.OPTION);
	}

	/**
	 * Runs what the command line asks for.
	 * @return exit code for the process: 0, or 2 if there is no such demo
	 */
	public static int run(String... args) throws IOException {
		ApplicationArguments arguments = new DefaultApplicationArguments(args);
		if (arguments.containsOption(DemoDirectory.OPTION)) {
			return runAndExit(args);
		}
		try (DemoDirectory directory = new DemoDirectory()) {
			return runAndExit(StringUtils.addStringToArray(args, directory.option()));
		}
	}

	private static int runAndExit(String... args) {
		return SpringApplication.exit(new SpringApplicationBuilder(SampleApplication.class).profiles("demo").run(args));
	}

}

package io.kraft.test;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/**
 * Executes classes of tests, whose names are its argument, where there is no Spring. Ends
 * with 0 if all of them pass.
 */
final class SpringFreeProcess {

	private SpringFreeProcess() {
	}

	public static void main(String[] arguments) {
		for (String name : List.of("org.springframework.core.SpringVersion",
				"org.springframework.test.context.ContextCustomizer",
				"io.kraft.spring.boot.autoconfigure.KraftAutoConfiguration")) {
			refuse(name);
		}
		List<String> tests = Arrays.asList(arguments[0].split(","));
		SummaryGeneratingListener listener = new SummaryGeneratingListener();
		LauncherFactory.create()
			.execute(LauncherDiscoveryRequestBuilder.request()
				.selectors(tests.stream().map(DiscoverySelectors::selectClass).toList())
				.build(), listener);
		TestExecutionSummary summary = listener.getSummary();
		summary.printFailuresTo(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
		System.out.println(summary.getTestsSucceededCount() + " tests of " + tests.size() + " classes passed");
		boolean passed = summary.getTotalFailureCount() == 0 && summary.getTestsSucceededCount() >= tests.size();
		System.exit(passed ? 0 : 1);
	}

	private static void refuse(String name) {
		try {
			Class.forName(name, false, SpringFreeProcess.class.getClassLoader());
		}
		catch (ClassNotFoundException ex) {
			return;
		}
		throw new IllegalStateException(name + " is on the class path, but should not be");
	}

}

package io.kraft.sample.demo;

import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.ExitCodeGenerator;
import org.springframework.stereotype.Component;

/**
 * Runs the demo that {@code --demo=<name>} asks for, or all of them. Without the option
 * it does nothing.
 */
@Component
class DemoRunner implements ApplicationRunner, ExitCodeGenerator {

	static final String OPTION = "demo";

	private static final String ALL = "all";

	private static final int UNKNOWN_DEMO = 2;

	private final NavigableMap<String, Demo> demos;

	private volatile int exitCode;

	DemoRunner(Map<String, Demo> demos) {
		this.demos = new TreeMap<>(demos);
	}

	@Override
	public void run(ApplicationArguments arguments) throws Exception {
		if (!arguments.containsOption(OPTION)) {
			return;
		}
		String name = String.join(",", arguments.getOptionValues(OPTION));
		Demo demo = this.demos.get(name);
		if (demo instanceof KilledDemo killed && arguments.containsOption(DemoProcess.OPTION)) {
			killed.runUntilKilled();
		}
		else if (demo != null) {
			demo.run();
		}
		else if (name.equals(ALL)) {
			runAll();
		}
		else {
			System.err.println("There is no demo '%s'. Choose one of: %s, %s".formatted(name,
					String.join(", ", this.demos.keySet()), ALL));
			this.exitCode = UNKNOWN_DEMO;
		}
	}

	private void runAll() throws Exception {
		for (Map.Entry<String, Demo> demo : this.demos.entrySet()) {
			System.out.println("--- " + demo.getKey());
			demo.getValue().run();
		}
	}

	List<String> names() {
		return List.copyOf(this.demos.keySet());
	}

	@Override
	public int getExitCode() {
		return this.exitCode;
	}

}

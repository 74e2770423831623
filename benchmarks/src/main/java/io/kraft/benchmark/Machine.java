package io.kraft.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What the figures were measured on.
 */
final class Machine {

	private Machine() {
	}

	static void print(Path directory) throws IOException {
		Table.title("machine");
		Table.row("processor", "%s, %d available", cpu(), Runtime.getRuntime().availableProcessors());
		Table.row("memory", "%s, heap at most %d MB", line(Path.of("/proc/meminfo"), "MemTotal"),
				Runtime.getRuntime().maxMemory() >> 20);
		Table.row("Java", "%s %s", System.getProperty("java.vm.name"), Runtime.version());
		Table.row("system", "%s %s %s", System.getProperty("os.name"), System.getProperty("os.version"),
				System.getProperty("os.arch"));
		Table.row("disk", "%s, %s", Files.getFileStore(directory), Files.getFileStore(directory).type());
		Table.row("directory", "%s", directory);
	}

	private static String cpu() throws IOException {
		return line(Path.of("/proc/cpuinfo"), "model name");
	}

	/** What follows the colon; elsewhere than on Linux there is no such file. */
	private static String line(Path file, String name) throws IOException {
		if (!Files.exists(file)) {
			return "unknown";
		}
		try (Stream<String> lines = Files.lines(file)) {
			return lines.filter((line) -> line.startsWith(name))
				.map((line) -> line.substring(line.indexOf(':') + 1).strip())
				.findFirst()
				.orElse("unknown");
		}
	}

}

package io.kraft.engine.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The command of a process of one's own, with what makes its start short: the first
 * compiler and the serial collector only, and a logger that reads no configuration.
 */
public final class ChildProcess {

	private ChildProcess() {
	}

	/**
	 * A process with the class path of this one.
	 * @param options of the virtual machine, such as {@code -Xmx64m}
	 * @param arguments of the main method
	 */
	public static ProcessBuilder of(List<String> options, Class<?> main, String... arguments) {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC",
						"-XX:TieredStopAtLevel=1", "-XX:-UsePerfData", "--enable-native-access=ALL-UNNAMED",
						"-Dslf4j.provider=" + PlainLogging.class.getName()));
		command.addAll(options);
		command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
		command.addAll(List.of(arguments));
		return new ProcessBuilder(command);
	}

}

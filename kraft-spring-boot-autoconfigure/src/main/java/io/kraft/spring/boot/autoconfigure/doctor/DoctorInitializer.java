package io.kraft.spring.boot.autoconfigure.doctor;

import java.io.PrintStream;
import java.util.function.IntConsumer;

import io.kraft.engine.store.rocksdb.RocksDbOptions;
import io.kraft.spring.boot.autoconfigure.KraftProperties.Storage;
import io.kraft.workflow.ErrorDocs;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.Ordered;
import org.springframework.core.env.CommandLinePropertySource;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertySource;

/**
 * Executes {@code --kraft.doctor} in place of the application, when its properties are
 * known and before it has any beans: no engine, no schedule and no web server starts. The
 * process ends with the command's exit code.
 * <p>
 * Only the command line is read: no file and no environment variable may put a doctor in
 * place of an application.
 */
final class DoctorInitializer implements ApplicationContextInitializer<ConfigurableApplicationContext>, Ordered {

	private static final String ARGUMENT = "kraft.doctor";

	private final PrintStream out;

	private final IntConsumer exit;

	DoctorInitializer() {
		this(System.out, System::exit);
	}

	/**
	 * An initializer that ends the process otherwise.
	 */
	DoctorInitializer(PrintStream out, IntConsumer exit) {
		this.out = out;
		this.exit = exit;
	}

	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

	@Override
	public void initialize(ConfigurableApplicationContext context) {
		String wanted = argument(context.getEnvironment());
		if (wanted != null) {
			this.exit.accept(execute(wanted, context.getEnvironment()));
		}
	}

	private static @Nullable String argument(ConfigurableEnvironment environment) {
		PropertySource<?> arguments = environment.getPropertySources()
			.get(CommandLinePropertySource.COMMAND_LINE_PROPERTY_SOURCE_NAME);
		Object value = (arguments != null) ? arguments.getProperty(ARGUMENT) : null;
		return (value != null) ? value.toString() : null;
	}

	private int execute(String wanted, ConfigurableEnvironment environment) {
		try {
			Storage storage = Binder.get(environment).bindOrCreate("kraft.storage", Storage.class);
			if (storage.type() != Storage.Type.ROCKSDB) {
				return refuse("kraft.storage.type is " + storage.type()
						+ ", and only a store of RocksDB survives its process");
			}
			DoctorCommand command = new DoctorCommand(new RocksDbOptions(storage.directory(), storage.sync(),
					RocksDbOptions.DEFAULT_NATIVE_MEMORY_BYTES, storage.allowSharedDirectory()), this.out);
			return switch (wanted) {
				case "", "check", "true" -> command.check();
				case "repair" -> command.repair();
				default -> refuse("'" + wanted + "' is not a command of --kraft.doctor: give it no value, or 'repair'");
			};
		}
		catch (BindException ex) {
			return refuse(
					"kraft.storage.* cannot be read: " + NestedExceptionUtils.getMostSpecificCause(ex).getMessage());
		}
	}

	private int refuse(String reason) {
		this.out.println("The store was not examined: " + reason + ". See " + ErrorDocs.page("guide/doctor.md"));
		return DoctorCommand.UNREADABLE;
	}

}

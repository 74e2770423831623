package io.kraft.engine.planted;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.EngineFilter;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/**
 * A test that may catch a fault: a test method, a cell of the interleavings, or a seed of
 * the simulation.
 *
 * @param name {@code SomeTests#method}, below the engine's package; {@code cell …};
 * {@code seed …}, and {@code partitions seed …} with several partitions
 */
record Catcher(String name) {

	private static final String CELL = "cell ";

	private static final String SEED = "seed ";

	private static final String SEED_OF_SEVERAL = "partitions seed ";

	private static final LauncherConfig CONFIG = LauncherConfig.builder()
		.enableLauncherDiscoveryListenerAutoRegistration(false)
		.enableLauncherSessionListenerAutoRegistration(false)
		.enablePostDiscoveryFilterAutoRegistration(false)
		.enableTestExecutionListenerAutoRegistration(false)
		.build();

	/**
	 * Executes it against the classes of a loader.
	 * @param patience what takes longer hangs, and is caught, too
	 * @return what it has found wrong
	 */
	Optional<String> execute(ClassLoader loader, Duration patience) throws InterruptedException {
		FutureTask<Optional<String>> task = new FutureTask<>(() -> look(loader));
		Thread thread = Thread.ofPlatform().daemon().name(this.name).unstarted(task);
		thread.setContextClassLoader(loader);
		thread.start();
		try {
			return task.get(patience.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (TimeoutException ex) {
			thread.interrupt();
			return Optional.of("it hangs");
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException("'" + this.name + "' cannot be executed", ex.getCause());
		}
	}

	private Optional<String> look(ClassLoader loader) throws ReflectiveOperationException {
		if (this.name.startsWith(CELL)) {
			return cell(loader, this.name.substring(CELL.length()));
		}
		if (this.name.startsWith(SEED)) {
			return seed(loader, "playCalm", Long.parseLong(this.name.substring(SEED.length())));
		}
		if (this.name.startsWith(SEED_OF_SEVERAL)) {
			return seed(loader, "playCalmWithSeveral", Long.parseLong(this.name.substring(SEED_OF_SEVERAL.length())));
		}
		return test(loader);
	}

	private static Optional<String> cell(ClassLoader loader, String cell) throws ReflectiveOperationException {
		Method execute = loader.loadClass("io.kraft.engine.interleaving.CellProbe").getMethod("execute", String.class);
		try {
			execute.invoke(null, cell);
			return Optional.empty();
		}
		catch (InvocationTargetException ex) {
			if (ex.getCause() instanceof IllegalArgumentException) {
				throw ex;
			}
			return Optional.of(String.valueOf(ex.getCause()));
		}
	}

	private static Optional<String> seed(ClassLoader loader, String play, long seed)
			throws ReflectiveOperationException {
		Class<?> faults = loader.loadClass("io.kraft.engine.simulation.Faults");
		Object violation = loader.loadClass("io.kraft.engine.simulation.Simulation")
			.getMethod(play, long.class, faults)
			.invoke(null, seed, faults.getField("NONE").get(null));
		return ((Optional<?>) violation).map(Object::toString);
	}

	private Optional<String> test(ClassLoader loader) throws ReflectiveOperationException {
		String[] parts = this.name.split("#", -1);
		Class<?> type = loader.loadClass("io.kraft.engine." + parts[0]);
		Launcher launcher = LauncherFactory.create(CONFIG);
		SummaryGeneratingListener listener = new SummaryGeneratingListener();
		launcher.execute(LauncherDiscoveryRequestBuilder.request()
			.selectors(DiscoverySelectors.selectMethod(type, method(type, parts[1])))
			.filters(EngineFilter.includeEngines("junit-jupiter"))
			.build(), listener);
		TestExecutionSummary summary = listener.getSummary();
		if (summary.getTestsStartedCount() == 0) {
			throw new IllegalStateException("'" + this.name + "' executes no test");
		}
		List<String> failures = new ArrayList<>();
		summary.getFailures().forEach((failure) -> failures.add(String.valueOf(failure.getException())));
		return failures.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", failures));
	}

	/** Found by its name, because it may have parameters. */
	private static Method method(Class<?> type, String name) {
		for (Class<?> in = type; in != null; in = in.getSuperclass()) {
			for (Method method : in.getDeclaredMethods()) {
				if (method.getName().equals(name)) {
					return method;
				}
			}
		}
		throw new IllegalArgumentException(type.getName() + " has no method '" + name + "'");
	}

	@Override
	public String toString() {
		return this.name;
	}

}

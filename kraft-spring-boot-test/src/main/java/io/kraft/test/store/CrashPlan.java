package io.kraft.test.store;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import io.kraft.client.EngineStoppedException;
import io.kraft.engine.store.Change;
import io.kraft.engine.store.Store;
import org.jspecify.annotations.Nullable;

/**
 * Counts the commits of an iteration, and lets the engine crash at one of them.
 * Thread-safe.
 */
public final class CrashPlan {

	private final CrashPoint point;

	private final Runnable crashed;

	private final CommitWords words = new CommitWords();

	private final List<List<String>> commits = new ArrayList<>();

	private volatile boolean counting;

	private volatile boolean happened;

	/**
	 * A plan that does not count yet.
	 * @param crashed is called when the crash comes, on the committer's thread; must not
	 * block
	 */
	public CrashPlan(CrashPoint point, Runnable crashed) {
		this.point = point;
		this.crashed = crashed;
	}

	/**
	 * Counts from now on.
	 */
	public void begin() {
		this.counting = true;
	}

	/**
	 * Where the crash comes.
	 */
	public CrashPoint point() {
		return this.point;
	}

	/**
	 * Whether the crash has come.
	 */
	public boolean hasHappened() {
		return this.happened;
	}

	/**
	 * What was in each commit so far, in words.
	 */
	public synchronized List<List<String>> commits() {
		return List.copyOf(this.commits);
	}

	/**
	 * A store that can crash, and with it all others of the engine, as the stores of a
	 * process do; only its commits are of interest here.
	 */
	public Store over(Store store) {
		boolean isOfTheNextEngine = this.happened;
		return (Store) Proxy.newProxyInstance(Store.class.getClassLoader(), new Class<?>[] { Store.class },
				(proxy, method, arguments) -> {
					if (!method.getName().equals("commit")) {
						return call(method, store, arguments);
					}
					if (this.happened && !isOfTheNextEngine) {
						throw dead();
					}
					boolean isHere = isHere(arguments);
					if (!isHere || this.point.applied()) {
						call(method, store, arguments);
					}
					if (isHere) {
						this.happened = true;
						this.crashed.run();
						throw dead();
					}
					return null;
				});
	}

	@SuppressWarnings("unchecked") // commit(long epoch, List<Change> changes)
	private synchronized boolean isHere(@Nullable Object[] arguments) {
		if (!this.counting || this.happened) {
			return false;
		}
		this.commits.add(this.words.of((List<Change>) Objects.requireNonNull(arguments[1])));
		return this.commits.size() == this.point.commit();
	}

	private static EngineStoppedException dead() {
		return new EngineStoppedException("the test has let the engine crash");
	}

	private static @Nullable Object call(Method method, Store store, @Nullable Object @Nullable [] arguments)
			throws Throwable {
		try {
			return method.invoke(store, arguments);
		}
		catch (InvocationTargetException ex) {
			throw ex.getCause();
		}
	}

}

package io.kraft.benchmark;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import io.kraft.engine.store.Change;
import io.kraft.engine.store.Store;
import org.jspecify.annotations.Nullable;

/**
 * Watches a store from outside: which runs its commits remove, how long these commits
 * take, and the searches for them. Commits are made by one thread after another.
 */
final class WatchedStore {

	private final Latencies commits = new Latencies();

	private final Latencies searches = new Latencies();

	private final AtomicLong removed = new AtomicLong();

	/**
	 * The same store, watched.
	 */
	Store watch(Store store) {
		return (Store) Proxy.newProxyInstance(Store.class.getClassLoader(), new Class<?>[] { Store.class },
				(proxy, method, arguments) -> call(store, method, arguments));
	}

	private @Nullable Object call(Store store, Method method, @Nullable Object[] arguments) throws Throwable {
		long begin = System.nanoTime();
		try {
			return method.invoke(store, arguments);
		}
		catch (InvocationTargetException ex) {
			throw ex.getTargetException();
		}
		finally {
			long nanos = System.nanoTime() - begin;
			switch (method.getName()) {
				case "commit" -> noteCommit((List<?>) arguments[1], nanos);
				case "expired" -> this.searches.add(nanos);
				default -> {
				}
			}
		}
	}

	private void noteCommit(@Nullable Object changes, long nanos) {
		long removals = (changes instanceof List<?> list)
				? list.stream().filter(Change.RunRemoved.class::isInstance).count() : 0;
		if (removals > 0) {
			this.commits.add(nanos);
			this.removed.addAndGet(removals);
		}
	}

	/**
	 * How many runs are gone.
	 */
	long removed() {
		return this.removed.get();
	}

	/**
	 * The commits that removed runs; to be read when there are no more.
	 */
	Latencies commits() {
		return this.commits;
	}

	/**
	 * The searches for runs to remove; to be read when there are no more.
	 */
	Latencies searches() {
		return this.searches;
	}

}

package io.kraft.engine.store.rocksdb;

import java.util.ArrayDeque;
import java.util.Deque;

import org.jspecify.annotations.Nullable;

/**
 * What belongs together and is to be released together: in the reverse order of its
 * acquisition, each once, whatever the release of another one throws. So something that
 * fails while it is being constructed can release what it has acquired until then. Not
 * thread-safe.
 */
final class NativeObjects implements AutoCloseable {

	private final Deque<Runnable> releases = new ArrayDeque<>();

	/**
	 * Takes charge of an object.
	 * @return the object
	 */
	<T extends AutoCloseable> T add(T object) {
		onRelease(() -> close(object));
		return object;
	}

	/**
	 * Takes charge of something that is not an object.
	 */
	void onRelease(Runnable release) {
		this.releases.push(release);
	}

	/**
	 * A second call has no effect.
	 * @throws RuntimeException the first one that a release has thrown, with the others
	 * as suppressed ones, when everything is released
	 */
	@Override
	public void close() {
		Throwable failure = null;
		while (!this.releases.isEmpty()) {
			try {
				this.releases.pop().run();
			}
			catch (RuntimeException | Error ex) {
				failure = merged(failure, ex);
			}
		}
		switch (failure) {
			case null -> {
			}
			case Error error -> throw error;
			default -> throw (RuntimeException) failure;
		}
	}

	/**
	 * Releases everything after a failure, which takes precedence.
	 */
	void closeAfter(Throwable failure) {
		try {
			close();
		}
		catch (RuntimeException | Error ex) {
			merged(failure, ex);
		}
	}

	private static Throwable merged(@Nullable Throwable first, Throwable next) {
		if (first == null) {
			return next;
		}
		if (!first.equals(next)) {
			first.addSuppressed(next);
		}
		return first;
	}

	private static void close(AutoCloseable object) {
		try {
			object.close();
		}
		catch (RuntimeException ex) {
			throw ex;
		}
		catch (Exception ex) {
			throw new IllegalStateException("a native object could not be released: " + ex, ex);
		}
	}

}

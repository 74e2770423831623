package io.kraft.test.time;

import java.util.Objects;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

import io.kraft.engine.run.Branch;
import org.jspecify.annotations.Nullable;

/**
 * Random numbers that are the same in each execution of a test, in whatever order its
 * threads execute: what a run draws depends on the test, the run and the position; what a
 * call of the client draws on the test and the number of the call. Thread-safe.
 */
public final class TestRandom implements RandomGenerator {

	@SuppressWarnings("ThreadLocalUsage") // A static one would be shared between tests.
	private final ThreadLocal<@Nullable Source> sources = new ThreadLocal<>();

	private SplittableRandom shared = new SplittableRandom(0);

	private long seed;

	/**
	 * Starts again with a seed.
	 */
	public synchronized void reset(long seed) {
		this.seed = seed;
		this.shared = new SplittableRandom(seed);
	}

	/**
	 * From now on the calling thread draws what it has drawn before under this name.
	 */
	public void begin(String name) {
		this.sources.set(new Source(name, new SplittableRandom(seed(name))));
	}

	/**
	 * Ends what {@link #begin} began.
	 */
	public void end() {
		this.sources.remove();
	}

	@Override
	public long nextLong() {
		Branch branch = Branch.current();
		if (branch != null) {
			return ofOperation(branch).nextLong();
		}
		Source source = this.sources.get();
		return (source != null) ? source.random().nextLong() : nextShared();
	}

	private synchronized long nextShared() {
		return this.shared.nextLong();
	}

	private SplittableRandom ofOperation(Branch branch) {
		String name = branch.run().id() + " " + branch.next();
		Source source = this.sources.get();
		if (source == null || !source.name().equals(name)) {
			begin(name);
			source = this.sources.get();
		}
		return Objects.requireNonNull(source).random();
	}

	private synchronized long seed(String name) {
		return this.seed * 31 + name.hashCode() * 0x9E3779B97F4A7C15L;
	}

	private record Source(String name, SplittableRandom random) {
	}

}

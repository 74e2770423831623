package io.kraft.engine.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongFunction;
import java.util.stream.LongStream;

import io.kraft.engine.reliability.Tally;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Plays the seeds that the properties of a test ask for; of each kind of violation one is
 * told.
 */
final class PlayedSeeds {

	private static final int SEEDS = 3000;

	private static final int FEWEST = 20;

	private final LongFunction<Plan> plans;

	private final Map<String, List<Long>> broken = new TreeMap<>();

	private final List<String> stories = new ArrayList<>();

	private final AtomicInteger played = new AtomicInteger();

	PlayedSeeds(LongFunction<Plan> plans) {
		this.plans = plans;
	}

	/**
	 * Fails if one breaks an invariant.
	 * @param budget for as many as fit into it, unless a property says how many
	 */
	void check(Duration budget) throws InterruptedException, ExecutionException {
		Long seed = Long.getLong("kraft.test.seed");
		Integer seeds = Integer.getInteger("kraft.test.seeds");
		long first = Long.getLong("kraft.test.first-seed", 1);
		long behind = first + ((seeds != null) ? seeds : SEEDS);
		Long end = (seed != null || seeds != null) ? null : System.nanoTime() + budget.toNanos();

		playAll((seed != null) ? LongStream.of(seed) : LongStream.range(first, behind), end);

		Tally.report(this.played.get(), "seeds");
		assertThat(this.stories).as("of %s seeds these break an invariant: %s", this.played, this.broken).isEmpty();
		assertThat(this.played.get()).isGreaterThanOrEqualTo((seed != null) ? 1 : (seeds != null) ? seeds : FEWEST);
	}

	/** Two at a time: one waits while the other one works. */
	private void playAll(LongStream seeds, @Nullable Long end) throws InterruptedException, ExecutionException {
		try (ExecutorService players = Executors.newFixedThreadPool(2)) {
			List<Future<?>> games = new ArrayList<>();
			seeds.forEach((seed) -> games.add(players.submit(() -> {
				if (end == null || System.nanoTime() < end || this.played.get() < FEWEST) {
					play(seed);
				}
			})));
			for (Future<?> game : games) {
				game.get();
			}
		}
	}

	private void play(long seed) {
		Plan plan = this.plans.apply(seed);
		Simulation.Outcome outcome = Simulation.play(plan, Faults.NONE);
		this.played.incrementAndGet();
		if (outcome.violation().isPresent() && isFirst(outcome.violation().get().kind(), seed)) {
			String story = Minimizer.story(plan, outcome, Faults.NONE);
			synchronized (this.stories) {
				this.stories.add(story);
			}
		}
	}

	private boolean isFirst(String kind, long seed) {
		synchronized (this.broken) {
			List<Long> seeds = this.broken.computeIfAbsent(kind, (key) -> new ArrayList<>());
			seeds.add(seed);
			return seeds.size() == 1;
		}
	}

}

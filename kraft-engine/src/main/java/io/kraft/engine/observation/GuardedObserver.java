package io.kraft.engine.observation;

import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;

import io.kraft.engine.journal.MaskedTokens;
import io.kraft.engine.journal.failure.MaskedException;
import io.kraft.engine.supervision.SafeLog;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps an observer's faults away from the runs: what it throws is logged, and nothing is
 * observed instead. And keeps tokens of callbacks away from the observer, in whose traces
 * others read.
 */
public final class GuardedObserver implements EngineObserver {

	private static final Logger logger = LoggerFactory.getLogger(GuardedObserver.class);

	private final EngineObserver observer;

	private GuardedObserver(EngineObserver observer) {
		this.observer = observer;
	}

	/**
	 * The observer, guarded.
	 */
	public static EngineObserver of(EngineObserver observer) {
		return (observer instanceof NoObserver) ? observer : new GuardedObserver(observer);
	}

	@Override
	public Map<String, String> traceContext() {
		return guarded(this.observer::traceContext, Map.of());
	}

	@Override
	public RunObservation observe(ObservedRun run) {
		RunObservation observation = guarded(() -> this.observer.observe(run), RunObservation.NONE);
		return (observation instanceof NoRunObservation) ? observation : new GuardedRun(observation);
	}

	@Override
	public void begun(String workflow, Duration waited) {
		guarded(() -> this.observer.begun(workflow, waited));
	}

	@Override
	public void fired(Duration lag) {
		guarded(() -> this.observer.fired(lag));
	}

	@Override
	public void committed(int commits, int sizeBytes, long nanos) {
		guarded(() -> this.observer.committed(commits, sizeBytes, nanos));
	}

	private static <T> T guarded(Supplier<T> call, T otherwise) {
		try {
			return call.get();
		}
		catch (Throwable ex) {
			SafeLog.warn(logger, "An observer failed; the runs are not affected", ex);
			return otherwise;
		}
	}

	private static void guarded(Runnable call) {
		guarded(() -> {
			call.run();
			return true;
		}, false);
	}

	private record GuardedRun(RunObservation observation) implements RunObservation {

		@Override
		public Scope enter() {
			Scope scope = guarded(this.observation::enter, NONE.enter());
			return () -> guarded(scope::close);
		}

		@Override
		public AttemptObservation attempt(String step, int attempt) {
			AttemptObservation observed = guarded(() -> this.observation.attempt(step, attempt),
					NONE.attempt(step, attempt));
			return (outcome, failure) -> guarded(
					() -> observed.end(outcome, (failure != null) ? MaskedException.of(failure) : null));
		}

		@Override
		public void end(RunOutcome outcome, @Nullable String failure) {
			guarded(() -> this.observation.end(outcome, MaskedTokens.inOptional(failure)));
		}

	}

}

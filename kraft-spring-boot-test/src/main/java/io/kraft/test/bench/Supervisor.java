package io.kraft.test.bench;

import io.kraft.client.EngineStoppedException;
import io.kraft.engine.EngineHealth;
import io.kraft.engine.store.StorageException;
import io.kraft.engine.store.Store;
import io.kraft.test.call.CrashRecovery;
import io.kraft.test.store.CrashPlan;
import io.kraft.test.time.Quiescence;
import org.jspecify.annotations.Nullable;

/**
 * Restarts the engine after a crash that was planned, and has the calls made again that
 * it has cut off. Thread-safe.
 */
final class Supervisor implements CrashRecovery {

	private final EngineLifecycle lifecycle;

	private final Quiescence quiescence;

	private volatile @Nullable CrashPlan plan;

	Supervisor(EngineLifecycle lifecycle, Quiescence quiescence) {
		this.lifecycle = lifecycle;
		this.quiescence = quiescence;
	}

	/**
	 * Expects a crash from the next opening of the store on; null if none is planned.
	 */
	void expect(@Nullable CrashPlan plan) {
		this.plan = plan;
	}

	/**
	 * The store that crashes as planned.
	 */
	Store supervised(Store store) {
		CrashPlan plan = this.plan;
		return (plan != null) ? plan.over(store) : store;
	}

	/**
	 * The planned crash has come. Does not block.
	 */
	void crashed() {
		this.quiescence.restartBegun();
		Thread.ofPlatform().name("kraft-test-supervisor").daemon().start(() -> {
			try {
				this.lifecycle.crash();
				this.lifecycle.restart();
			}
			finally {
				this.quiescence.restartEnded();
			}
		});
	}

	@Override
	public boolean isExpected() {
		return this.plan != null;
	}

	@Override
	public boolean isToBeRepeated(Throwable failure) {
		CrashPlan plan = this.plan;
		if (plan == null || !plan.hasHappened()
				|| !(failure instanceof EngineStoppedException || failure instanceof StorageException)) {
			return false;
		}
		try {
			this.quiescence.awaitRestarts();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
		return this.lifecycle.engine().health().state() == EngineHealth.State.RUNNING;
	}

}

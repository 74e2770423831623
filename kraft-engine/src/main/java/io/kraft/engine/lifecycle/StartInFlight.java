package io.kraft.engine.lifecycle;

import java.util.function.Consumer;

import io.kraft.engine.partition.Commit;
import io.kraft.engine.routing.StartedRun;
import io.kraft.engine.run.RunClaims;
import org.jspecify.annotations.Nullable;

/**
 * The start of a run on its way to the disk. It has to be finished, once, by the thread
 * that has submitted it, whatever becomes of it: until then it may hold a slot, a place
 * and a claim.
 */
public final class StartInFlight {

	private final RunStarter starter;

	private final NewRun created;

	private final Commit commit;

	private RunClaims.@Nullable Claim claim;

	StartInFlight(RunStarter starter, NewRun created, Commit commit) {
		this.starter = starter;
		this.created = created;
		this.commit = commit;
	}

	StartInFlight holding(RunClaims.Claim claim) {
		this.claim = claim;
		return this;
	}

	/**
	 * Whether {@link #finish()} does not wait.
	 */
	public boolean isOver() {
		return this.commit.isOver();
	}

	/**
	 * Waits until it is durable, and lets the run execute or wait for its turn.
	 * @throws io.kraft.workflow.KraftException if it is not: there is no run then
	 */
	public StartedRun finish() {
		return finish(Commit::await);
	}

	/**
	 * As {@link #finish()}.
	 * @param wait returns when the commit is durable
	 */
	StartedRun finish(Consumer<Commit> wait) {
		try {
			boolean durable = false;
			try {
				wait.accept(this.commit);
				durable = true;
			}
			finally {
				if (!durable) {
					this.starter.abandon(this.created);
				}
			}
			this.starter.begin(this.created);
			return new StartedRun(this.created.row().id(), this.created.row().number());
		}
		finally {
			if (this.claim != null) {
				this.claim.close();
			}
		}
	}

}

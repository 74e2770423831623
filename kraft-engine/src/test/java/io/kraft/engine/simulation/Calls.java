package io.kraft.engine.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

import io.kraft.client.EngineStoppedException;
import io.kraft.client.WorkflowAlreadyExistsException;
import io.kraft.client.WorkflowEndedException;
import io.kraft.client.WorkflowNotEndedException;
import io.kraft.client.WorkflowNotFoundException;
import io.kraft.engine.store.StorageException;
import io.kraft.workflow.InvalidCallException;

/**
 * The calls of clients and operators, each on a thread of its own, and how to wait until
 * they and the engine have come to rest: or as far as they can while the disk holds a
 * commit, which is a guess of some hundred microseconds.
 */
final class Calls {

	private static final long PATIENCE = TimeUnit.SECONDS.toNanos(20);

	private static final long LOOK = 60_000;

	private final SimulatedDisks disks;

	private final World world;

	private final BooleanSupplier failed;

	private final List<Call> open = new ArrayList<>();

	/**
	 * Calls of an engine.
	 * @param failed whether the engine has failed, so that it does not end what it has
	 * begun
	 */
	Calls(SimulatedDisks disks, World world, BooleanSupplier failed) {
		this.disks = disks;
		this.world = world;
		this.failed = failed;
	}

	/**
	 * Makes a call.
	 * @return how it ended
	 */
	CompletableFuture<String> make(String what, Callable<?> call) {
		CompletableFuture<String> end = new CompletableFuture<>();
		Thread.ofVirtual().start(() -> end.complete(outcome(what, call)));
		this.open.add(new Call(what, end));
		return end;
	}

	private String outcome(String what, Callable<?> call) {
		try {
			call.call();
			return "ok";
		}
		catch (WorkflowNotFoundException | WorkflowEndedException | WorkflowAlreadyExistsException
				| WorkflowNotEndedException | InvalidCallException | EngineStoppedException ex) {
			return ex.code();
		}
		catch (StorageException ex) {
			if (!Set.of("KRAFT-4001", "KRAFT-4007").contains(ex.code())) {
				this.world.report("call-failed", what + ": " + ex);
			}
			return ex.code();
		}
		catch (Throwable ex) {
			this.world.report("call-failed", what + ": " + ex);
			return ex.toString();
		}
	}

	/**
	 * Waits until all is quiet.
	 * @return whether it is: not while the disk holds a commit
	 */
	boolean awaitQuiet() {
		long begin = System.nanoTime();
		while (true) {
			this.open.removeIf((call) -> call.end().isDone());
			boolean isHolding = this.disks.isHolding();
			if (!isHolding && this.open.isEmpty()
					&& (this.world.work().isNone() || (this.failed.getAsBoolean() && isStable()))) {
				return true;
			}
			if (isHolding && isStable()) {
				return false;
			}
			// A body that blocks may keep in flight what its run is to do next.
			if (!isHolding && this.open.isEmpty() && this.world.isGated() && isStable()) {
				return true;
			}
			if (System.nanoTime() - begin > PATIENCE) {
				this.world.report("hangs",
						this.open.isEmpty() ? "the engine does not come to rest, " + this.world.work()
								: "calls do not return: " + this.open);
				return false;
			}
			Thread.onSpinWait();
			if (System.nanoTime() - begin > LOOK) {
				LockSupport.parkNanos(LOOK);
			}
		}
	}

	private boolean isStable() {
		long moves = this.world.work().moves();
		int open = this.open.size();
		for (int look = 0; look < 4; look++) {
			LockSupport.parkNanos(LOOK);
			this.open.removeIf((call) -> call.end().isDone());
			if (this.world.work().moves() != moves || this.open.size() != open) {
				return false;
			}
		}
		return true;
	}

	private record Call(String what, CompletableFuture<String> end) {

		@Override
		public String toString() {
			return this.what;
		}

	}

}

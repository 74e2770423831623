package io.kraft.engine.run;

import io.kraft.engine.memory.ByteBudget;
import io.kraft.engine.reliability.Proves;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The slots behave as if one call were made after the other. Lincheck calls the
 * operations below on three threads, and looks for an order of the calls that explains
 * what they answered.
 */
@Proves(fault = "Threads meet in the execution slots, in any order (Lincheck)",
		promise = "The outcome is that of some order one by one")
@Tag("interleavings")
public class ExecutionSlotsTests {

	private static final int SCENARIOS = Integer.getInteger("kraft.test.scenarios", 5);

	private final SharedSlots shared = new SharedSlots(2, 2, new ByteBudget(10));

	private final ExecutionSlots slots = new ExecutionSlots(this.shared, () -> false);

	private final ExecutionSlots others = new ExecutionSlots(this.shared, () -> false);

	@Test
	void callsThatMeetAreAnsweredAsIfOneFollowedTheOther() {
		new ModelCheckingOptions().iterations(SCENARIOS)
			.invocationsPerIteration(100)
			.threads(3)
			.actorsPerThread(2)
			.check(ExecutionSlotsTests.class);
	}

	@Operation
	public boolean tryAcquire() {
		return this.slots.tryAcquire();
	}

	@Operation
	public boolean acquireOrAwait() {
		return this.others.acquireOrAwait();
	}

	@Operation
	public void release() {
		this.slots.release();
	}

	@Operation
	public void giveBack() {
		this.slots.giveBack();
	}

	@Operation
	public boolean tryPark() {
		return this.slots.tryPark(10);
	}

	@Operation
	public void unpark() {
		this.slots.unpark(10);
	}

	@Operation
	public boolean awaitIfFull() {
		return this.others.awaitIfFull();
	}

	@Operation
	public int executing() {
		return this.shared.executing();
	}

	@Operation
	public int parked() {
		return this.shared.parked();
	}

}

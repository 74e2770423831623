package io.kraft.engine.run;

import io.kraft.engine.reliability.Proves;
import io.kraft.engine.testing.CountedWork;
import io.kraft.engine.testing.Interleavings;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static io.kraft.engine.testing.Interleavings.check;

/**
 * The latch in every order in which who waits and who signals can meet.
 */
@Proves(fault = "Threads meet in the wake-up of a run, in any order (Lincheck)",
		promise = "The outcome is that of some order one by one")
@Tag("interleavings")
class WaitLatchTests {

	@Test
	void whoWaitsIsWokenAndItsWorkIsInHandAgain() {
		Interleavings.explore(() -> {
			CountedWork work = new CountedWork();
			WaitLatch latch = new WaitLatch();
			work.begin();

			Interleavings.inParallel(() -> latch.await(work), () -> {
				latch.signal();
				check(work.inHand() >= 1, "the work is in hand when the signal returns");
			});

			check(work.inHand() == 1 && latch.isSignalled(), "the work is in hand after the wait");
		});
	}

	@Test
	void aSecondSignalBeginsNoWork() {
		Interleavings.explore(() -> {
			CountedWork work = new CountedWork();
			WaitLatch latch = new WaitLatch();
			work.begin();

			Interleavings.inParallel(() -> latch.await(work), latch::signal, latch::signal);

			check(work.inHand() == 1, "the work is in hand once");
		});
	}

}

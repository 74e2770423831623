package io.kraft.engine.store.rocksdb;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import io.kraft.engine.reliability.Proves;
import io.kraft.engine.testing.Interleavings;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static io.kraft.engine.testing.Interleavings.check;

/**
 * Uses and a close in every order in which they can meet.
 */
@Proves(fault = "Threads meet in the use count of the store, in any order (Lincheck)",
		promise = "The outcome is that of some order one by one")
@Tag("interleavings")
class UseCountTests {

	@Test
	void nothingIsUsedAfterTheCloseHasReturned() {
		Interleavings.explore(() -> {
			UseCount count = new UseCount();
			AtomicBoolean closed = new AtomicBoolean();
			Runnable use = () -> {
				if (count.begin()) {
					check(!closed.get(), "what is used is open");
					count.end();
				}
			};

			Interleavings.inParallel(use, use, () -> {
				check(count.close(), "it is closed for the first time");
				closed.set(true);
			});

			check(!count.begin(), "no use begins any more");
		});
	}

	@Test
	void oneOfTwoClosesClosesIt() {
		Interleavings.explore(() -> {
			UseCount count = new UseCount();
			AtomicInteger closes = new AtomicInteger();
			Runnable close = () -> {
				if (count.close()) {
					closes.incrementAndGet();
				}
			};

			Interleavings.inParallel(close, close, () -> {
				if (count.begin()) {
					count.end();
				}
			});

			check(closes.get() == 1, "one close has closed it");
		});
	}

}

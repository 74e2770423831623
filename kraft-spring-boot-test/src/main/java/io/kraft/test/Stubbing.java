package io.kraft.test;

import io.kraft.test.call.StubBody;
import io.kraft.test.call.Stubs;
import io.kraft.test.time.Quiescence;
import org.jspecify.annotations.Nullable;

/**
 * What a step does during a test, in place of its body. It is journaled, retried and
 * timed out as the step is.
 */
public final class Stubbing {

	private final Stubs stubs;

	private final Quiescence quiescence;

	private final String step;

	Stubbing(Stubs stubs, Quiescence quiescence, String step) {
		this.stubs = stubs;
		this.quiescence = quiescence;
		this.step = step;
	}

	/**
	 * It returns this.
	 */
	public void returns(@Nullable Object value) {
		does((arguments) -> value);
	}

	/**
	 * Each attempt throws this.
	 */
	public void fails(Exception failure) {
		does((arguments) -> {
			throw failure;
		});
	}

	/**
	 * It hangs until it is interrupted: by its time-out, or by a crash. The clock can be
	 * moved meanwhile.
	 */
	public void hangs() {
		does((arguments) -> {
			this.quiescence.hang();
			return null;
		});
	}

	/**
	 * It does this.
	 */
	public void does(StubBody body) {
		this.stubs.put(this.step, body);
	}

}

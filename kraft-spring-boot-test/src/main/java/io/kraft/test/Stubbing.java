package io.kraft.test;

import io.kraft.test.call.StubBody;
import io.kraft.test.call.Stubs;
import io.kraft.test.time.Stillness;
import org.jspecify.annotations.Nullable;

/**
 * What a step is to do while a test lasts, in the place of its body. It is journaled,
 * retried and timed out as the step is.
 */
public final class Stubbing {

	private final Stubs stubs;

	private final Stillness stillness;

	private final String step;

	Stubbing(Stubs stubs, Stillness stillness, String step) {
		this.stubs = stubs;
		this.stillness = stillness;
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
			this.stillness.hang();
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

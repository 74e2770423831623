package io.kraft.spring.boot.autoconfigure.guide;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

class MovableClock implements InstantSource {

	private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);

	@Override
	public Instant instant() {
		return InstantSource.system().instant().plus(this.ahead.get());
	}

	void advance(Duration duration) {
		this.ahead.updateAndGet((ahead) -> ahead.plus(duration));
	}

}

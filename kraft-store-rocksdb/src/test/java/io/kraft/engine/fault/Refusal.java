package io.kraft.engine.fault;

import java.nio.file.Path;
import java.time.InstantSource;

import io.kraft.engine.KraftEngine;
import io.kraft.workflow.KraftException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * A start that cannot succeed.
 */
final class Refusal {

	private Refusal() {
	}

	/**
	 * Expects the start of an engine to be refused with this code, and the file or
	 * directory to be named.
	 */
	static void check(Path data, Notes notes, String code, String named) {
		KraftEngine engine = Orders.engine(data, "refused", notes, InstantSource.system(), Hostility.FIXED);
		Throwable refusal = catchThrowable(engine::start);
		engine.stop();
		assertThat(refusal).as("a start that must be refused").isInstanceOf(KraftException.class);
		assertThat(refusal).hasMessageContaining(code).hasMessageContaining(named);
	}

}

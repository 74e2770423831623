package io.kraft.engine.operation;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

import io.kraft.engine.journal.Position;
import io.kraft.engine.journal.RunSecret;
import io.kraft.engine.journal.RunSecret.Purpose;
import io.kraft.engine.run.LoadedRun;

/**
 * The idempotency keys of steps, which are given to others: short whatever the run's id,
 * other ones when a run of the same id is started anew after the first was removed, and
 * derived one-way from the run's secret, so that they reveal nothing else of the run.
 */
final class IdempotencyKeys {

	private IdempotencyKeys() {
	}

	/**
	 * The key of the step at a position; a UUID of version 8, which is free to be made
	 * so.
	 */
	static String of(LoadedRun run, Position step) {
		RunSecret secret = run.origin().started().secret();
		if (secret == null) {
			return ofEarlierFormat(run, step);
		}
		ByteBuffer derived = ByteBuffer.wrap(secret.derive(Purpose.IDEMPOTENCY, run.id(), run.place(step)));
		long high = (derived.getLong() & ~0xF000L) | 0x8000L;
		long low = (derived.getLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
		return new UUID(high, low).toString();
	}

	/** A service may have seen it already, in an attempt before the upgrade. */
	private static String ofEarlierFormat(LoadedRun run, Position step) {
		String text = run.id() + '\n' + run.origin().started().seed() + '\n' + step;
		return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)).toString();
	}

}

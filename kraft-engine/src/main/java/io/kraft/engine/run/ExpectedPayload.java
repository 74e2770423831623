package io.kraft.engine.run;

import java.lang.reflect.Type;

import io.kraft.engine.journal.Payload;
import io.kraft.engine.journal.PayloadConverter;
import io.kraft.workflow.PayloadSerializationException;
import org.jspecify.annotations.Nullable;

/**
 * As what the payload of a message is read by the code that waits for it. Where a type is
 * waited for, a null is a payload of another type.
 *
 * @param tookNull whether earlier versions took a null all the same, so that one may be
 * recorded
 */
public record ExpectedPayload(Type type, boolean tookNull) {

	/**
	 * Of a signal.
	 */
	public static ExpectedPayload ofSignal(Type type) {
		return new ExpectedPayload(type, false);
	}

	/**
	 * Of a callback.
	 */
	public static ExpectedPayload ofCallback(Type type) {
		return new ExpectedPayload(type, true);
	}

	/**
	 * Reads a payload that comes.
	 * @param what names it in error messages
	 * @return null only for {@code Void}
	 * @throws PayloadSerializationException if it is of another type
	 */
	public @Nullable Object read(PayloadConverter payloads, Payload payload, String what) {
		return read(payloads, payload, what, false);
	}

	/**
	 * Reads a payload that has come before.
	 * @param what names it in error messages
	 * @throws PayloadSerializationException if it is of another type
	 */
	public @Nullable Object readRecorded(PayloadConverter payloads, Payload payload, String what) {
		return read(payloads, payload, what, this.tookNull);
	}

	private @Nullable Object read(PayloadConverter payloads, Payload payload, String what, boolean takesNull) {
		Object value = payloads.read(payload, this.type, what);
		if (value == null && !takesNull && this.type != Void.class) {
			throw new PayloadSerializationException(what + " is null, but a " + this.type.getTypeName()
					+ " is waited for. Send a value of that type; for messages without a payload wait with "
					+ "awaitSignal(name) or awaitSignal(name, timeout), or open a callback of Void. "
					+ "See docs/reference/errors.md#kraft-1004");
		}
		return value;
	}

}

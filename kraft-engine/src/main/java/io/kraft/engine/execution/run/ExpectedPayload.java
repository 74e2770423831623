package io.kraft.engine.execution.run;

import java.lang.reflect.Type;

import io.kraft.engine.journal.Payload;
import io.kraft.engine.journal.PayloadConverter;
import io.kraft.workflow.PayloadSerializationException;
import org.jspecify.annotations.Nullable;

/**
 * As what the payload of a message is read by the code that waits for it.
 *
 * @param takesNull whether a null is a value of the type
 */
public record ExpectedPayload(Type type, boolean takesNull) {

	/**
	 * Of a signal, to which a null is a payload of another type.
	 */
	public static ExpectedPayload ofSignal(Type type) {
		return new ExpectedPayload(type, type == Void.class);
	}

	/**
	 * Of a callback.
	 */
	public static ExpectedPayload ofCallback(Type type) {
		return new ExpectedPayload(type, true);
	}

	/**
	 * Reads a payload.
	 * @param what names it in error messages
	 * @throws PayloadSerializationException if it is of another type
	 */
	public @Nullable Object read(PayloadConverter payloads, Payload payload, String what) {
		Object value = payloads.read(payload, this.type, what);
		if (value == null && !this.takesNull) {
			throw new PayloadSerializationException(
					what + " is null, but a " + this.type.getTypeName() + " is waited for. Wait with "
							+ "awaitSignal(name) or awaitSignal(name, timeout) for signals without a payload, or "
							+ "send one of that type. See docs/errors.md#kraft-1004");
		}
		return value;
	}

}

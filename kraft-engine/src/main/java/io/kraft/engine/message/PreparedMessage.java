package io.kraft.engine.message;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.function.Supplier;

import io.kraft.engine.journal.MaskedTokens;
import io.kraft.engine.journal.Payload;

/**
 * A message to a run, written down, and not sent yet.
 *
 * @param description what it is, and for whom; only where it is kept for later
 * @param payload makes a text of what is in it, for a person; only where it is kept for
 * later, as that copies it several times
 * @param delivery sends it; durable when it returns
 */
public record PreparedMessage(Supplier<String> description, Supplier<String> payload, Runnable delivery) {

	/**
	 * Sends it; durable when this returns.
	 */
	public void send() {
		this.delivery.run();
	}

	/**
	 * A payload in full: its JSON text, or in Base64 what codecs have made of it.
	 */
	public static String text(Payload payload) {
		return payload.codecs().isEmpty() ? new String(payload.bytes(), StandardCharsets.UTF_8)
				: payload.codecs() + ":" + Base64.getEncoder().encodeToString(payload.bytes());
	}

	/**
	 * All that is needed to send it again, but tokens of callbacks.
	 */
	@Override
	public String toString() {
		return this.description.get() + ", with " + MaskedTokens.in(this.payload.get());
	}

}

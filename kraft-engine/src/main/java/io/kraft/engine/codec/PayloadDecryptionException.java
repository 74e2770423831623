package io.kraft.engine.codec;

import org.jspecify.annotations.Nullable;

/**
 * A payload that cannot be decrypted. Those who read payloads see it as the cause of a
 * {@link io.kraft.workflow.PayloadSerializationException}.
 */
public final class PayloadDecryptionException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	PayloadDecryptionException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}

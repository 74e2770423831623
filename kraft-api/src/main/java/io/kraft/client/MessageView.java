package io.kraft.client;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A signal, or the completion of a callback, that a run has not taken yet, for display.
 *
 * @param number identifies the message, for ever; rises in the order in which messages
 * are taken
 * @param kind {@code signal} or {@code callback}
 * @param name of the signal; of a callback, the position of the operation that opened it,
 * as {@link OperationView#position()}
 * @param sentAt when it was sent
 * @param sizeBytes what its payload takes; 0 for a failed callback
 * @param payload as JSON text; null for a failed callback, where no codec of this
 * application reads it, and where the messages before it carry some megabytes already
 * @param failure with which a callback was failed; else null
 * @since 0.1.0
 */
public record MessageView(long number, String kind, String name, Instant sentAt, int sizeBytes,
		@Nullable String payload, @Nullable String failure) {
}

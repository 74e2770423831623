package io.kraft.client;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A recorded exception, for display.
 *
 * @param type fully qualified name of its class
 * @param message bounded; null if it has none
 * @param cause null if it has none, or where the chain was cut
 * @param suppressed what failed besides, such as the compensations of a run
 * @since 0.1.0
 */
public record FailureView(String type, @Nullable String message, @Nullable FailureView cause,
		List<FailureView> suppressed) {

	public FailureView {
		suppressed = List.copyOf(suppressed);
	}

}

package io.kraft.client;

import java.util.List;
import java.util.Optional;

/**
 * A recorded exception, for display.
 *
 * @param type fully qualified name of its class
 * @param message bounded
 * @param cause empty if it has none, or where the chain was cut
 * @param suppressed what failed besides, such as the compensations of a run
 */
public record FailureView(String type, Optional<String> message, Optional<FailureView> cause,
		List<FailureView> suppressed) {

	public FailureView {
		suppressed = List.copyOf(suppressed);
	}

}

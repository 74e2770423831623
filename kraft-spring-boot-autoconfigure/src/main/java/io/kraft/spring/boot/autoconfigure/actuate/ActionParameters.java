package io.kraft.spring.boot.autoconfigure.actuate;

import io.kraft.client.WorkflowClient;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.util.StringUtils;

/**
 * What actions need, each its own.
 *
 * @param name of a signal
 * @param payload of a signal, as JSON; null if it has none
 * @param messageId of a signal; a repeated one is one signal; null if it is not known
 * @param from of a restart: a position; null if nothing is kept
 * @param reason of a failure
 */
record ActionParameters(@Nullable String name, @Nullable String payload, @Nullable String messageId,
		@Nullable String from, @Nullable String reason) {

	/**
	 * Sends the signal.
	 * @throws InvalidEndpointRequestException if it has no name, or its payload is
	 * malformed
	 */
	void signal(String id, WorkflowClient client) {
		String signal = required("name", this.name, "it names the signal");
		Object value = SignalPayload.read(this.payload);
		if (StringUtils.hasLength(this.messageId)) {
			client.signal(id, signal, value, this.messageId);
		}
		else {
			client.signal(id, signal, value);
		}
	}

	/**
	 * Why a run is to fail.
	 * @throws InvalidEndpointRequestException if nothing is said
	 */
	String failure() {
		return required("reason", this.reason, "it says why the run fails");
	}

	/**
	 * Answers a parameter that must be there.
	 * @param purpose ends the sentence that asks for it
	 * @throws InvalidEndpointRequestException if it is missing
	 */
	private static String required(String parameter, @Nullable String value, String purpose) {
		if (!StringUtils.hasLength(value)) {
			String message = "The parameter '" + parameter + "' is missing: " + purpose
					+ ". Parameters are a JSON object in the body, with the header 'Content-Type: application/json'.";
			throw new InvalidEndpointRequestException(message, message);
		}
		return value;
	}

}

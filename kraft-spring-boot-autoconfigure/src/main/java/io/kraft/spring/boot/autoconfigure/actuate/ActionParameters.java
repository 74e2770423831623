package io.kraft.spring.boot.autoconfigure.actuate;

import io.kraft.client.WorkflowClient;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.util.StringUtils;

/**
 * What actions need, each its own.
 *
 * @param name of a signal
 * @param payload of a signal, or in place of another, as JSON; null if it has none
 * @param messageId of a signal; a repeated one is one signal; null if it is not known
 * @param from of a restart: a position; null if nothing is kept
 * @param reason of a failure
 * @param number of a message that is discarded or replaced
 */
record ActionParameters(@Nullable String name, @Nullable String payload, @Nullable String messageId,
		@Nullable String from, @Nullable String reason, @Nullable String number) {

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
	 * @throws InvalidEndpointRequestException if it is missing
	 */
	String failure() {
		return required("reason", this.reason, "it is the reason for the failure");
	}

	/**
	 * Puts the payload in place of that of the message.
	 * @throws InvalidEndpointRequestException if no message is named, or the payload is
	 * malformed
	 */
	void replace(String id, WorkflowClient client) {
		client.replaceMessage(id, message(), SignalPayload.read(this.payload));
	}

	/**
	 * Which message is meant.
	 * @throws InvalidEndpointRequestException if none is named
	 */
	long message() {
		String text = required("number", this.number, "it is that of a message of the run");
		try {
			return Long.parseLong(text);
		}
		catch (NumberFormatException ex) {
			String message = "The parameter 'number' is '" + text
					+ "', but must be a whole number, as the view 'messages' of the run shows it.";
			throw new InvalidEndpointRequestException(message, message, ex);
		}
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

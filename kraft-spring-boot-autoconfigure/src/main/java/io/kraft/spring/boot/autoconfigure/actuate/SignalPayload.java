package io.kraft.spring.boot.autoconfigure.actuate;

import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;

/**
 * Reads the payload of a signal, which comes as a text, because the parameters of an
 * endpoint are texts: it is JSON. A text that does not begin as JSON is taken literally,
 * so that {@code approved} needs no second pair of quotes.
 */
final class SignalPayload {

	private static final JsonMapper mapper = JsonMapper.builder()
		.enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
		.build();

	private static final Pattern BEGINS_AS_JSON = Pattern
		.compile("\\s*([{\\[\"].*|(true|false|null|-?[0-9][-+.eE0-9]*)\\s*)", Pattern.DOTALL);

	private SignalPayload() {
	}

	static @Nullable Object read(@Nullable String text) {
		if (text == null || !BEGINS_AS_JSON.matcher(text).matches()) {
			return text;
		}
		try {
			return mapper.readValue(text, Object.class);
		}
		catch (JacksonException ex) {
			String message = "The parameter 'payload' begins as JSON but is invalid: " + ex.getOriginalMessage()
					+ ". A text that begins so stands in quotes of its own: \"\\\"...\\\"\".";
			throw new InvalidEndpointRequestException(message, message, ex);
		}
	}

}

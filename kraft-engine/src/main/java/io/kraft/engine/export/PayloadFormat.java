package io.kraft.engine.export;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

import io.kraft.engine.journal.Payload;
import io.kraft.engine.journal.PayloadConverter;
import io.kraft.workflow.KraftException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Payloads in an exported journal: the JSON value itself, wherever it comes back byte for
 * byte; its text, where another spelling would (a number such as {@code 1E5}); its bytes,
 * where a codec has wrapped them that is not known here.
 */
final class PayloadFormat {

	private static final String TEXT = "$kraft.text";

	private static final String BYTES = "$kraft.base64";

	private static final String CODECS = "$kraft.codecs";

	private final @Nullable PayloadConverter payloads;

	PayloadFormat(@Nullable PayloadConverter payloads) {
		this.payloads = payloads;
	}

	JsonNode toNode(Payload payload) {
		byte[] json = unwrap(payload);
		JsonNode value = (json != null) ? asValue(json) : null;
		if (value != null) {
			return value;
		}
		String text = (json != null) ? new String(json, StandardCharsets.UTF_8) : "";
		if (Arrays.equals(text.getBytes(StandardCharsets.UTF_8), json)) {
			return ExactJson.MAPPER.createObjectNode().put(TEXT, text);
		}
		return ExactJson.MAPPER.createObjectNode()
			.put(CODECS, payload.codecs())
			.put(BYTES, Base64.getEncoder().encodeToString(payload.bytes()));
	}

	private byte @Nullable [] unwrap(Payload payload) {
		if (payload.codecs().isEmpty()) {
			return payload.bytes();
		}
		try {
			return (this.payloads != null) ? this.payloads.text(payload).getBytes(StandardCharsets.UTF_8) : null;
		}
		catch (KraftException ex) {
			return null;
		}
	}

	/**
	 * Null if it would be written in another way, or be taken for one of our own objects.
	 */
	private static @Nullable JsonNode asValue(byte[] json) {
		try {
			JsonNode value = ExactJson.MAPPER.readTree(json);
			boolean isOurs = value instanceof ObjectNode object && (object.has(TEXT) || object.has(BYTES));
			return (!isOurs && !value.isMissingNode() && Arrays.equals(ExactJson.MAPPER.writeValueAsBytes(value), json))
					? value : null;
		}
		catch (JacksonException ex) {
			return null;
		}
	}

	Payload fromNode(JsonNode node) {
		if (node instanceof ObjectNode object && object.has(BYTES)) {
			return new Payload(object.path(CODECS).asString(),
					Base64.getDecoder().decode(object.get(BYTES).asString()));
		}
		if (node instanceof ObjectNode object && object.has(TEXT)) {
			return Payload.json(object.get(TEXT).asString().getBytes(StandardCharsets.UTF_8));
		}
		return Payload.json(ExactJson.MAPPER.writeValueAsBytes(node));
	}

}

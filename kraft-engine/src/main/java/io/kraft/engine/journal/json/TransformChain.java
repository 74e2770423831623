package io.kraft.engine.journal.json;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import io.kraft.engine.journal.Payload;
import io.kraft.engine.journal.PayloadTransform;
import io.kraft.workflow.InvalidDefinitionException;
import io.kraft.workflow.PayloadSerializationException;

/**
 * The codecs that wrap what is written, in order. What is read is unwrapped by the codecs
 * that its payload names, whatever wraps new ones today.
 */
final class TransformChain {

	private static final Pattern ID = Pattern.compile("[A-Za-z0-9.-]+");

	private final Map<String, PayloadTransform> transforms = new LinkedHashMap<>();

	private final String ids;

	TransformChain(List<? extends PayloadTransform> transforms) {
		for (PayloadTransform transform : transforms) {
			String id = transform.id();
			if (!ID.matcher(id).matches()) {
				throw new InvalidDefinitionException("the payload codec " + transform.getClass().getName()
						+ " has the id '" + id + "', but an id consists of letters, digits, dots and dashes. "
						+ "See docs/reference/errors.md#kraft-1003");
			}
			PayloadTransform namesake = this.transforms.putIfAbsent(id, transform);
			if (namesake != null) {
				throw new InvalidDefinitionException("two payload codecs have the id '" + id + "': "
						+ namesake.getClass().getName() + " and " + transform.getClass().getName()
						+ ". Give each its own id, and never change it. See docs/reference/errors.md#kraft-1003");
			}
		}
		this.ids = String.join(",", this.transforms.keySet());
	}

	boolean isEmpty() {
		return this.transforms.isEmpty();
	}

	Payload wrap(byte[] json, String what) {
		byte[] bytes = json;
		for (PayloadTransform transform : this.transforms.values()) {
			try {
				bytes = transform.encode(bytes);
			}
			catch (RuntimeException ex) {
				throw failed(transform.id(), "wrap", what, ex);
			}
		}
		return new Payload(this.ids, bytes);
	}

	byte[] unwrap(Payload payload, String what) {
		if (payload.codecs().isEmpty()) {
			return payload.bytes();
		}
		byte[] bytes = payload.bytes();
		for (String id : List.of(payload.codecs().split(",", -1)).reversed()) {
			PayloadTransform transform = this.transforms.get(id);
			if (transform == null) {
				throw new PayloadSerializationException(what + " was wrapped by the payload codec '" + id
						+ "', but no codec with this id is registered; known are " + this.transforms.keySet()
						+ ". Register that PayloadCodec again: it must stay as long as journals name it. "
						+ "See docs/reference/errors.md#kraft-1004");
			}
			try {
				bytes = transform.decode(bytes);
			}
			catch (RuntimeException ex) {
				throw failed(id, "unwrap", what, ex);
			}
		}
		return bytes;
	}

	private static PayloadSerializationException failed(String id, String verb, String what, RuntimeException cause) {
		return new PayloadSerializationException("the payload codec '" + id + "' could not " + verb + " " + what + ": "
				+ cause + ". Check its keys and its configuration. See docs/reference/errors.md#kraft-1004", cause);
	}

}

package io.kraft.engine.journal.json;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.kraft.engine.journal.BoundPayloadTransform;
import io.kraft.engine.journal.Payload;
import io.kraft.engine.journal.PayloadLocation;
import io.kraft.engine.journal.PayloadTransform;
import io.kraft.workflow.InvalidDefinitionException;
import io.kraft.workflow.PayloadSerializationException;

/**
 * The codecs that wrap what is written, in order. What is read is unwrapped by the codecs
 * that its payload names, whatever wraps new ones today.
 * <p>
 * Those that are bound to a location wrap nothing here: the store does that, when it
 * knows the location.
 */
final class TransformChain {

	private static final Pattern ID = Pattern.compile("[A-Za-z0-9.-]+");

	/** No run has this number. */
	private static final PayloadLocation OUTSIDE = new PayloadLocation(0, "log");

	private final Map<String, PayloadTransform> transforms = new LinkedHashMap<>();

	private final List<PayloadTransform> wrapping;

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
		this.wrapping = this.transforms.values()
			.stream()
			.filter((transform) -> !(transform instanceof BoundPayloadTransform))
			.toList();
		this.ids = this.wrapping.stream().map(PayloadTransform::id).collect(Collectors.joining(","));
	}

	/** Whether nothing is wrapped here. */
	boolean isEmpty() {
		return this.wrapping.isEmpty();
	}

	/**
	 * Whether the contents of a payload must not get into messages: on disk it is wrapped
	 * by a codec, which may encrypt it.
	 */
	boolean hides(Payload payload) {
		return !payload.codecs().isEmpty() || hides();
	}

	/**
	 * Whether the contents of payloads that are written must not get into messages.
	 */
	boolean hides() {
		return !this.transforms.isEmpty();
	}

	Payload wrap(byte[] json, String what) {
		byte[] bytes = json;
		for (PayloadTransform transform : this.wrapping) {
			try {
				bytes = transform.encode(bytes);
			}
			catch (RuntimeException ex) {
				throw failed(transform.id(), "wrap", what, ex);
			}
		}
		return new Payload(this.ids, bytes);
	}

	/**
	 * Wrapped for no location of the store, if it would be wrapped for one.
	 */
	Payload portable(Payload payload) {
		Payload portable = payload;
		for (PayloadTransform transform : this.transforms.values()) {
			if (transform instanceof BoundPayloadTransform bound && payload.codecs().equals(this.ids)) {
				portable = new Payload(this.ids.isEmpty() ? bound.id() : this.ids + ',' + bound.id(),
						bound.encode(payload.bytes(), OUTSIDE));
			}
		}
		return portable;
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

package io.kraft.engine.store.encrypted;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.kraft.engine.journal.BoundPayloadTransform;
import io.kraft.engine.journal.Payload;
import io.kraft.engine.journal.PayloadLocation;
import io.kraft.engine.journal.UnreadableEntryException;
import org.jspecify.annotations.Nullable;

/**
 * Wraps payloads for the location to which they are written, and refuses those that are
 * found at another one. Thread-safe.
 */
final class LocatedPayloads {

	private final Map<String, BoundPayloadTransform> transforms = new LinkedHashMap<>();

	/** Wraps what is written. */
	private final BoundPayloadTransform active;

	private final int partition;

	/**
	 * By these transforms.
	 * @param transforms of which the last one wraps what is written, and all are read; at
	 * least one
	 * @param partition number of the partition in whose store all locations are
	 */
	LocatedPayloads(List<? extends BoundPayloadTransform> transforms, int partition) {
		this.partition = partition;
		transforms.forEach((transform) -> this.transforms.put(transform.id(), transform));
		this.active = transforms.getLast();
	}

	/**
	 * The payload as it is written to a location. One that comes from another location,
	 * because it was sent or copied, is unwrapped first; if that fails it is wrapped as
	 * it is, so that it can be read when its key is known, and no commit fails.
	 */
	Payload to(PayloadLocation part, Payload payload) {
		PayloadLocation location = part.in(this.partition);
		BoundPayloadTransform last = last(payload.codecs());
		if (last == null) {
			return wrap(payload, location);
		}
		if (last.isFor(payload.bytes(), location)) {
			return payload;
		}
		Payload inner;
		try {
			inner = new Payload(withoutLast(payload.codecs()), last.decode(payload.bytes()));
		}
		catch (RuntimeException ex) {
			inner = payload;
		}
		return wrap(inner, location);
	}

	/**
	 * The payload as it was read from a location.
	 * @throws UnreadableEntryException if it was not written for it
	 */
	Payload from(PayloadLocation part, Payload payload) {
		PayloadLocation location = part.in(this.partition);
		BoundPayloadTransform last = last(payload.codecs());
		if (last == null) {
			refuseIfRequired(location, payload);
		}
		else if (!last.isFor(payload.bytes(), location)) {
			throw UnreadableEntryException
				.foreign("at " + location + " is a payload that was encrypted for another location");
		}
		return payload;
	}

	private void refuseIfRequired(PayloadLocation location, Payload payload) {
		for (BoundPayloadTransform transform : this.transforms.values()) {
			if (transform.isRequired()) {
				throw UnreadableEntryException.foreign("at " + location + " is one that "
						+ (payload.codecs().isEmpty() ? "is not encrypted"
								: "was wrapped by '" + payload.codecs() + "' only")
						+ ", but all must be encrypted by '" + transform.id()
						+ "' (kraft.payloads.encryption.accept-plain=false)");
			}
		}
	}

	private Payload wrap(Payload payload, PayloadLocation location) {
		String codecs = payload.codecs();
		return new Payload(codecs.isEmpty() ? this.active.id() : codecs + ',' + this.active.id(),
				this.active.encode(payload.bytes(), location));
	}

	/** Null if the outermost codec is no transform of these. */
	private @Nullable BoundPayloadTransform last(String codecs) {
		return this.transforms.get(codecs.substring(codecs.lastIndexOf(',') + 1));
	}

	private static String withoutLast(String codecs) {
		return codecs.substring(0, Math.max(0, codecs.lastIndexOf(',')));
	}

}

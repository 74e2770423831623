package io.kraft.engine.journal.json;

import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;

/**
 * Writes a key of a map that is an object of the application, and refuses one that would
 * come back as another: a record whose {@code toString()} is the implicit one, or a class
 * without one of its own, can be made from a text, but not from that one.
 */
final class CheckedKey extends ValueSerializer<Object> {

	private final ValueSerializer<Object> serializer;

	private final Executable maker;

	/**
	 * A writer of keys.
	 * @param maker constructor or static method that takes a text
	 */
	@SuppressWarnings("unchecked") // A serializer only ever gets values of its type.
	CheckedKey(ValueSerializer<?> serializer, Executable maker) {
		this.serializer = (ValueSerializer<Object>) serializer;
		this.maker = maker;
	}

	@Override
	public void serialize(Object key, JsonGenerator generator, SerializationContext context) {
		String text = key.toString();
		if (this.maker.trySetAccessible() && !key.equals(made(text))) {
			String what = " is a " + key.getClass().getName()
					+ " that does not come back from this text, which its toString() returns";
			throw new UnsupportedTypeException("the key '" + text + "'" + what, "a key" + what, KeyTypes.FIX);
		}
		this.serializer.serialize(key, generator, context);
	}

	/** Null if it cannot be made. */
	private @Nullable Object made(String text) {
		try {
			return this.maker instanceof Constructor<?> constructor ? constructor.newInstance(text)
					: ((Method) this.maker).invoke(null, text);
		}
		catch (ReflectiveOperationException ex) {
			return null;
		}
	}

}

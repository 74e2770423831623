package io.kraft.engine.journal;

import java.lang.reflect.Type;
import java.util.List;

import io.kraft.workflow.PayloadSerializationException;
import io.kraft.workflow.PayloadTooLargeException;
import org.jspecify.annotations.Nullable;

/**
 * Writes values of the application down and reads them back, by the types of the methods
 * that they belong to. Thread-safe.
 * <p>
 * In each method, {@code what} names the value in error messages, such as
 * {@code "the result of step 'charge'"}.
 */
public interface PayloadConverter {

	/**
	 * Writes a value.
	 * @param type declared type; {@code void.class} for no value
	 * @throws PayloadSerializationException if the value cannot be written, with its type
	 * and the path within it
	 * @throws PayloadTooLargeException if it is larger than the limit when written
	 */
	Payload write(@Nullable Object value, Type type, String what);

	/**
	 * Reads a value back.
	 * @param type declared type; {@code void.class} for no value
	 * @throws PayloadSerializationException if the payload does not fit the type
	 */
	@Nullable Object read(Payload payload, Type type, String what);

	/**
	 * Writes arguments as one JSON array.
	 * @param types as many as there are arguments
	 */
	Payload writeArguments(@Nullable Object[] arguments, List<Type> types, String what);

	/**
	 * Reads arguments from one JSON array.
	 * @throws PayloadSerializationException also if their number differs
	 */
	@Nullable Object[] readArguments(Payload payload, List<Type> types, String what);

	/**
	 * Whether values of these types are immutable, so that a value may be passed as it is
	 * where otherwise a copy would be.
	 */
	boolean areImmutable(List<Type> types);

	/**
	 * Copies arguments, by reading what was written of them. Those that cannot be changed
	 * stay the same objects, and so do exceptions, which JSON does not restore; a copy is
	 * of the class of its original, which may have more than the declared type.
	 * @param written the arguments, as they were when the copies are to show them
	 * @throws PayloadSerializationException if one cannot be read back
	 */
	@Nullable Object[] copyArguments(@Nullable Object[] arguments, Payload written, List<Type> types, String what);

	/**
	 * Whether two payloads hold the same value. The order of the elements of an array is
	 * not compared: sets are written in another order by each process.
	 */
	boolean areSameArguments(Payload payload, Payload other);

	/**
	 * Unwraps a payload to its JSON text, for display to those who may see it.
	 */
	String text(Payload payload);

	/**
	 * What may be said of a payload in logs and reasons, which others read than those who
	 * may see it: its beginning, without tokens of callbacks; its size only, if it is
	 * wrapped where it is stored.
	 * @param most characters of its text
	 */
	String excerpt(Payload payload, int most);

	/**
	 * A payload as it may be kept outside of the store, such as in a log: encrypted,
	 * where those in the store are.
	 */
	Payload portable(Payload payload);

}

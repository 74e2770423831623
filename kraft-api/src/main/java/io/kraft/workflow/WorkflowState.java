package io.kraft.workflow;

import java.util.Optional;
import java.util.Set;

/**
 * Durable key-value state of one run. A change is journaled with the run's next commit; a
 * read answers from memory, during replay with the value as of that point. Not for use
 * from threads other than the run's own.
 *
 * @since 0.1.0
 */
public interface WorkflowState {

	/**
	 * The value last set under the key, read back as the given type.
	 * @throws PayloadSerializationException if the stored value does not fit the type
	 */
	<T> Optional<T> get(String key, Class<T> type);

	/**
	 * The value last set under the key, read back as the given type.
	 * @throws PayloadSerializationException if the stored value does not fit the type
	 */
	<T> Optional<T> get(String key, TypeRef<T> type);

	/**
	 * Sets the value of a key; a later change of the object itself is not seen.
	 * @throws InvalidCallException if the value is null, which {@link #clear(String)} is
	 * for, or the key has an unpaired surrogate
	 * @throws PayloadSerializationException if the value cannot be written
	 * @throws PayloadTooLargeException if the written value exceeds the limit
	 */
	void set(String key, Object value);

	/**
	 * Removes a key; an unknown one is no error.
	 */
	void clear(String key);

	/**
	 * Removes all keys.
	 */
	void clear();

	/**
	 * The keys that are set: a snapshot, in the order in which they were first set.
	 */
	Set<String> keys();

}

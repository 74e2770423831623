package io.kraft.spring.boot.autoconfigure.selfinvocation;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import io.kraft.spring.boot.autoconfigure.definition.DurableType;
import org.jspecify.annotations.Nullable;

/**
 * The generated subclasses of one application context. Thread-safe.
 */
public final class SelfCallClasses {

	private final Map<DurableType, Optional<SelfCallClass>> classes = new ConcurrentHashMap<>();

	/**
	 * The subclass of a type, generated at the first call.
	 * @return empty if there cannot be one
	 */
	Optional<SelfCallClass> of(DurableType type) {
		return this.classes.computeIfAbsent(type, SelfCallClass::of);
	}

	/**
	 * What sends the calls of an object on itself.
	 * @return null if the object is not of a generated subclass
	 */
	public @Nullable SelfCall callbackOf(DurableType type, @Nullable Object object) {
		if (object == null || !object.getClass().getName().contains(GeneratedNames.TAG)) {
			return null;
		}
		return this.classes.getOrDefault(type, Optional.empty())
			.map((selfCallClass) -> selfCallClass.callbackOf(object))
			.orElse(null);
	}

}

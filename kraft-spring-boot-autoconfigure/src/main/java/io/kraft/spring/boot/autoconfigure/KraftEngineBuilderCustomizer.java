package io.kraft.spring.boot.autoconfigure;

import io.kraft.engine.KraftEngineBuilder;

/**
 * Adjusts the engine's builder after the properties were applied to it. Beans of this
 * type are called in order.
 */
@FunctionalInterface
public interface KraftEngineBuilderCustomizer {

	/**
	 * Adjusts the builder; not called when the application has an engine of its own.
	 */
	void customize(KraftEngineBuilder builder);

}

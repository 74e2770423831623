package io.kraft.engine.execution;

import io.kraft.engine.definition.Definitions;
import io.kraft.engine.journal.PayloadConverter;
import io.kraft.engine.lifecycle.Clockwork;
import io.kraft.engine.observation.EngineObserver;
import io.kraft.engine.run.ExecutionSettings;
import io.kraft.engine.run.SharedMemory;
import io.kraft.engine.run.SharedSlots;

/**
 * What the partitions of a node share between one start of the engine and its stop.
 * Thread-safe.
 *
 * @param clockwork its scheduler is supervised by nobody
 */
public record NodeResources(Definitions definitions, Clockwork clockwork, PayloadConverter payloads,
		EngineObserver observer, ExecutionSettings settings, SharedSlots slots, SharedMemory memory) {

	/**
	 * With slots and memory of which nothing is taken.
	 */
	public static NodeResources of(Definitions definitions, Clockwork clockwork, PayloadConverter payloads,
			EngineObserver observer, ExecutionSettings settings) {
		return new NodeResources(definitions, clockwork, payloads, observer, settings,
				new SharedSlots(settings.maxConcurrent(), settings.maxParked()), SharedMemory.of(settings.memory()));
	}

}

package io.kraft.engine.execution;

import io.kraft.engine.admission.NodeLimits;
import io.kraft.engine.definition.Definitions;
import io.kraft.engine.journal.PayloadConverter;
import io.kraft.engine.lifecycle.Clockwork;
import io.kraft.engine.observation.EngineObserver;
import io.kraft.engine.operation.StartCommands;
import io.kraft.engine.run.ExecutionSettings;
import io.kraft.engine.run.MemoryBounds;
import io.kraft.engine.run.SharedMemory;
import io.kraft.engine.run.SharedSlots;
import io.kraft.engine.supervision.EngineThreads;
import io.kraft.engine.supervision.WorkInFlight;

/**
 * What the partitions of a node share between one start of the engine and its stop.
 * Thread-safe.
 *
 * @param clockwork its scheduler is not supervised
 * @param limits of workflows and queues
 * @param commands makes commands to start runs of calls
 */
public record NodeResources(Definitions definitions, Clockwork clockwork, PayloadConverter payloads,
		EngineObserver observer, ExecutionSettings settings, EngineThreads threads, WorkInFlight work,
		SharedSlots slots, SharedMemory memory, NodeLimits limits, StartCommands commands) {

	/**
	 * With slots, limits and memory of which nothing is taken.
	 */
	public static NodeResources of(Definitions definitions, Clockwork clockwork, PayloadConverter payloads,
			EngineObserver observer, ExecutionSettings settings, EngineThreads threads, WorkInFlight work) {
		return new NodeResources(definitions, clockwork, payloads, observer, settings, threads, work,
				new SharedSlots(settings.maxConcurrent(), settings.maxParked(), MemoryBounds.parkedRuns()),
				SharedMemory.of(settings.memory()), new NodeLimits(definitions, clockwork.clock()),
				new StartCommands(definitions, payloads, clockwork.random(), settings.limits(), observer));
	}

}

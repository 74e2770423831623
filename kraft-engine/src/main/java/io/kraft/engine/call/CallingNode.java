package io.kraft.engine.call;

import java.time.InstantSource;

import io.kraft.engine.execution.NodeResources;
import io.kraft.engine.journal.PayloadConverter;
import io.kraft.engine.memory.ByteBudget;
import io.kraft.engine.operation.StartCommands;
import io.kraft.engine.supervision.EngineThreads;
import io.kraft.engine.supervision.WorkInFlight;
import io.kraft.engine.timer.Scheduler;

/**
 * What calls need of the node on which they are made, wherever the runs are that they
 * concern: all that knows the types of the application. Thread-safe.
 *
 * @param commands makes commands of calls
 * @param results reads how runs have ended
 * @param payloads encodes and decodes values
 * @param shownJournals memory for journals that are shown to people
 * @param clock the time of the node
 * @param scheduler by that clock
 * @param threads makes threads
 * @param work is notified of what is in flight
 */
public record CallingNode(StartCommands commands, RunResults results, PayloadConverter payloads,
		ByteBudget shownJournals, InstantSource clock, Scheduler scheduler, EngineThreads threads, WorkInFlight work) {

	/**
	 * Of a node that hosts partitions.
	 */
	public static CallingNode of(NodeResources node) {
		return new CallingNode(node.commands(), new RunResults(node.definitions(), node.payloads()), node.payloads(),
				node.memory().shownJournals(), node.clockwork().clock(), node.clockwork().scheduler(), node.threads(),
				node.work());
	}

}

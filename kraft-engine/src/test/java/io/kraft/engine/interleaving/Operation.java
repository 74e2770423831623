package io.kraft.engine.interleaving;

import java.time.Duration;
import java.util.Set;

import io.kraft.client.IfExists;

/**
 * What touches the run. What the run does itself is caused by a command that the step
 * gets which it is in, or by the clock: it is over, for the caller, before it has taken
 * effect.
 */
@SuppressWarnings("ImmutableEnumChecker") // The sets are not changed, the lambdas capture
											// nothing.
enum Operation {

	START_ATTACH(RunState.ALL, (stage, label) -> stage.start(label, IfExists.ATTACH)),

	START_FAIL(RunState.ALL, (stage, label) -> stage.start(label, IfExists.FAIL)),

	START_REPLACE(RunState.ALL, (stage, label) -> stage.start(label, IfExists.REPLACE_IF_ENDED)),

	CHILD_OF_SAME_ID(RunState.ALL, (stage, label) -> stage.startParent(label)),

	SIGNAL(RunState.ALL, (stage, label) -> stage.client().signal(Stage.ID, "s", label)),

	SIGNAL_WITH_ID(RunState.ALL, (stage, label) -> stage.client().signal(Stage.ID, "s", "repeated", "m")),

	/** Nobody waits for it, but the run may be loaded to find that. */
	OTHER_SIGNAL(RunState.NOT_ENDED, (stage, label) -> stage.client().signal(Stage.ID, "other", label)),

	COMPLETE(RunState.ON_SOME_CALLBACK, (stage, label) -> stage.client().complete(stage.token(), label)),

	FAIL_CALLBACK(RunState.ON_SOME_CALLBACK, (stage, label) -> stage.client().fail(stage.token(), label)),

	CANCEL(RunState.ALL, (stage, label) -> stage.client().cancel(Stage.ID)),

	FAIL_RUN(RunState.ALL, (stage, label) -> stage.client().failRun(Stage.ID, label)),

	TERMINATE(RunState.ALL, (stage, label) -> stage.client().terminate(Stage.ID)),

	PAUSE(RunState.ALL, (stage, label) -> stage.client().pause(Stage.ID)),

	RESUME(RunState.ALL, (stage, label) -> stage.client().resume(Stage.ID)),

	RETRY(RunState.ALL, (stage, label) -> stage.client().retry(Stage.ID)),

	RESTART(RunState.ALL, (stage, label) -> stage.client().restart(Stage.ID)),

	RESTART_FROM(RunState.ALL, (stage, label) -> stage.client().restartFrom(Stage.ID, "1")),

	DELETE(RunState.ALL, (stage, label) -> stage.client().delete(Stage.ID)),

	SWEEP(RunState.ENDED, (stage, label) -> stage.advance(Stage.RETENTION.plus(Duration.ofMinutes(2)))),

	STOP(RunState.ALL, (stage, label) -> stage.stop()),

	CRASH(RunState.ALL, (stage, label) -> stage.crash()),

	/** Of the run, among others that continue. */
	LOSE_PARTITION(RunState.ALL, (stage, label) -> stage.losePartition()),

	TIMER_DUE(RunState.ON_SOME_TIMER, (stage, label) -> stage.advance(Stage.WAIT)),

	CHILD_END(RunState.ON_SOME_CHILD, (stage, label) -> stage.command(Stage.CHILD_ID, "end")),

	/** The step ends, and the run enters the next one. */
	NEXT_STEP(RunState.EXECUTING, command("step")),

	AT_MOST_ONCE_STEP(RunState.EXECUTING, command("once")),

	SIDE_EFFECT(RunState.EXECUTING, command("side")),

	AWAIT_SIGNAL(RunState.EXECUTING, command("signal")),

	SLEEP(RunState.EXECUTING, command("sleep")),

	AWAIT_CALLBACK(RunState.EXECUTING, command("callback")),

	CHILD_START(RunState.EXECUTING, command("child")),

	CONTINUE_AS_NEW(RunState.EXECUTING, command("continue")),

	RUN_END(RunState.EXECUTING, command("end")),

	RUN_FAILURE(RunState.EXECUTING, command("fail"));

	/** Of the engine. */
	static final int PARTITIONS = Integer.getInteger("kraft.test.partitions", 1);

	private final Set<RunState> states;

	private final Call call;

	Operation(Set<RunState> states, Call call) {
		this.states = states;
		this.call = call;
	}

	private static Call command(String command) {
		return (stage, label) -> stage.command(Stage.ID, command);
	}

	/**
	 * Whether it makes sense for a run in this state.
	 */
	boolean isPossibleIn(RunState state) {
		return this.states.contains(state) && (this != LOSE_PARTITION || PARTITIONS > 1);
	}

	/**
	 * Whether it ends the engine, or the partition of the run.
	 */
	boolean endsEngine() {
		return this == STOP || this == CRASH || this == LOSE_PARTITION;
	}

	/**
	 * Whether the run does it itself, so that it is over for the caller when nothing of
	 * it is durable.
	 */
	boolean isOfRun() {
		return this.states.equals(RunState.EXECUTING);
	}

	/**
	 * Does it; returns when the caller would be told.
	 * @param label what it sends or starts
	 */
	void call(Stage stage, String label) {
		this.call.make(stage, label);
	}

	@FunctionalInterface
	private interface Call {

		void make(Stage stage, String label);

	}

}

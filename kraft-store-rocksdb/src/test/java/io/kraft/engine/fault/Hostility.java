package io.kraft.engine.fault;

import java.util.concurrent.locks.LockSupport;

import io.kraft.engine.KraftEngine;
import io.kraft.engine.definition.MethodSignature;
import io.kraft.engine.definition.RetryPolicy;
import io.kraft.engine.definition.StepDefinition;

/**
 * What hostile code does: as it was deployed, or fixed.
 */
enum Hostility {

	DEPLOYED {
		@Override
		String run(KraftEngine engine, String kind) throws Throwable {
			HostileCode code = HostileCode.valueOf(kind);
			return switch (code) {
				case STEP_THAT_NEVER_RETURNS, ERROR_IN_A_STEP, DEEP_RECURSION_IN_A_STEP ->
					step(engine, () -> act(code));
				case LOOP_WITHOUT_DURABLE_CALLS, ERROR_IN_A_WORKFLOW, DEEP_RECURSION_IN_A_WORKFLOW -> act(code);
			};
		}
	},

	FIXED {
		@Override
		String run(KraftEngine engine, String kind) throws Throwable {
			return switch (HostileCode.valueOf(kind)) {
				case STEP_THAT_NEVER_RETURNS, ERROR_IN_A_STEP, DEEP_RECURSION_IN_A_STEP -> step(engine, () -> "fixed");
				case LOOP_WITHOUT_DURABLE_CALLS, ERROR_IN_A_WORKFLOW, DEEP_RECURSION_IN_A_WORKFLOW -> "fixed";
			};
		}
	};

	static final String NAME = "hostile";

	private static final StepDefinition STEP = StepDefinition.of("attack", MethodSignature.of(String.class),
			RetryPolicy.defaults().withMaxAttempts(1));

	abstract String run(KraftEngine engine, String kind) throws Throwable;

	private static String step(KraftEngine engine, Attack attack) throws Throwable {
		return String.valueOf(engine.calls().step(STEP, new Object[0], (copies) -> attack.make()));
	}

	private static String act(HostileCode code) {
		return switch (code) {
			case STEP_THAT_NEVER_RETURNS -> {
				while (true) {
					// An interrupt ends the wait, and nothing else.
					LockSupport.parkNanos(1_000_000_000);
					Thread.interrupted();
				}
			}
			case LOOP_WITHOUT_DURABLE_CALLS -> {
				while (true) {
					Thread.onSpinWait();
				}
			}
			case ERROR_IN_A_STEP, ERROR_IN_A_WORKFLOW -> throw new LinkageError("planted");
			case DEEP_RECURSION_IN_A_STEP, DEEP_RECURSION_IN_A_WORKFLOW -> Integer.toString(depth(1));
		};
	}

	@SuppressWarnings("InfiniteRecursion") // It is what is tested.
	private static int depth(int depth) {
		return depth(depth + 1) + 1;
	}

	/**
	 * What a step's body does.
	 */
	@FunctionalInterface
	private interface Attack {

		String make();

	}

}

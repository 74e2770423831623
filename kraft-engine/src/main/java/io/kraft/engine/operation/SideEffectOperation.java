package io.kraft.engine.operation;

import java.lang.reflect.Type;
import java.util.Map;
import java.util.concurrent.Callable;

import io.kraft.engine.journal.Failure;
import io.kraft.engine.journal.JournalEntry.SideEffectCompleted;
import io.kraft.engine.journal.OperationKind;
import io.kraft.engine.journal.Outcome;
import io.kraft.engine.journal.Payload;
import io.kraft.engine.journal.Position;
import io.kraft.engine.journal.failure.Failures;
import io.kraft.engine.run.Branch;
import io.kraft.engine.run.Branch.Operation;
import io.kraft.engine.run.LoadedRun;
import io.kraft.engine.run.RunEnvironment;
import io.kraft.engine.run.RunUnwound;
import org.jspecify.annotations.Nullable;

/**
 * A short piece of non-deterministic code in a workflow.
 * <p>
 * Crash before its result is durable: it is executed again. After: never again.
 */
final class SideEffectOperation {

	private SideEffectOperation() {
	}

	static @Nullable Object execute(Branch branch, String name, Type type, Callable<?> code) {
		LoadedRun run = branch.run();
		Operation operation = branch.begin(OperationKind.SIDE_EFFECT, name);
		if (operation.completedBy() instanceof SideEffectCompleted recorded) {
			return answer(operation, run, recorded.outcome(), type);
		}
		branch.stayIfOnlyReplaying(operation);
		run.continuation().awaitDurable();
		Outcome outcome = outcome(branch, name, type, code);
		run.journal().append(new SideEffectCompleted(operation.position(), name, outcome, run.environment().now()));
		return answer(operation, run, outcome, type);
	}

	/**
	 * Executes the code.
	 * @throws RunUnwound if the run was cut off meanwhile; the code is not called then
	 */
	static Outcome outcome(Branch branch, String name, Type type, Callable<?> code) {
		RunEnvironment environment = branch.run().environment();
		branch.enterBody("side effect '" + name + "'");
		try {
			Payload payload = environment.payloads().write(code.call(), type, what(name));
			// What cannot be read back is a failure now, and not only on replay.
			environment.payloads().read(payload, type, what(name));
			return new Outcome.Success(payload);
		}
		catch (RunUnwound ex) {
			throw ex;
		}
		catch (Throwable ex) {
			branch.run().continuation().checkNotCutOff(ex);
			return new Outcome.Failed(Failures.record(ex));
		}
		finally {
			branch.leaveBody();
		}
	}

	private static @Nullable Object answer(Operation operation, LoadedRun run, Outcome outcome, Type type) {
		return switch (outcome) {
			case Outcome.Success(Payload value) -> run.values().read(value, type, what(operation.name()));
			case Outcome.Failed(Failure failure) -> throw thrown(run, failure, operation.position());
		};
	}

	/**
	 * What an operation without a method's signature has failed with, to be thrown; an
	 * {@link Error} is thrown immediately.
	 */
	static RuntimeException thrown(LoadedRun run, Failure failure, Position position) {
		Throwable restored = Failures.restoreUnchecked(failure,
				Map.of("runId", run.id(), "position", position.toString()));
		run.failures().begin(restored, position);
		throw Sneaky.rethrow(restored);
	}

	private static String what(String name) {
		return "the result of side effect '" + name + "'";
	}

}

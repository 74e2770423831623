package io.kraft.engine.run;

import java.util.function.Supplier;

import io.kraft.engine.journal.OperationKind;
import io.kraft.engine.journal.Position;
import io.kraft.engine.journal.RecordedOperation;
import org.jspecify.annotations.Nullable;

/**
 * Is notified where the runs of an engine that only replays come to the end of their
 * journals. There they stay: no body is entered, and no operation begins that is not
 * recorded.
 */
@FunctionalInterface
public interface ReplayListener {

	/**
	 * The code of a run asks for an operation that its journal does not hold, or not to
	 * its end. Called on the run's thread; must not block.
	 * @param name as {@link io.kraft.engine.journal.JournalEntry.OperationEntry#name()}
	 * @param ahead the first recorded operation that no code of the run has asked for
	 * yet; once the engine is quiescent, there should be none
	 */
	void reached(String runId, Position position, OperationKind kind, String name,
			Supplier<@Nullable RecordedOperation> ahead);

}

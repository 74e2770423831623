package io.kraft.engine.execution.operation;

import java.lang.reflect.Type;
import java.util.Optional;
import java.util.Set;

import io.kraft.engine.execution.run.Branch;
import io.kraft.engine.execution.run.Branch.Operation;
import io.kraft.engine.execution.run.DurableState.Value;
import io.kraft.engine.execution.run.LoadedRun;
import io.kraft.engine.journal.JournalEntry.StateChanged;
import io.kraft.engine.journal.OperationKind;
import io.kraft.engine.journal.Payload;
import io.kraft.workflow.TypeRef;
import io.kraft.workflow.WorkflowState;
import org.jspecify.annotations.Nullable;

/**
 * The state of a run, as its code sees it. A change is an operation that goes with the
 * run's next commit; a read is none: it sees the changes that the code has asked for,
 * made now or recorded.
 */
final class StateView implements WorkflowState {

	private final Branch branch;

	StateView(Branch branch) {
		this.branch = branch;
	}

	@Override
	public <T> Optional<T> get(String key, Class<T> type) {
		return read(key, type);
	}

	@Override
	public <T> Optional<T> get(String key, TypeRef<T> type) {
		return read(key, type.type());
	}

	/**
	 * What was recorded and does not fit any more pauses the run; what was just set is
	 * the code's mistake.
	 */
	@SuppressWarnings("unchecked") // The caller's type says how to read.
	private <T> Optional<T> read(String key, Type type) {
		this.branch.checkOutsideBody("state");
		LoadedRun run = this.branch.run();
		run.checkGoesOn();
		Value value = run.state().get(key);
		if (value == null || value.payload() == null) {
			return Optional.empty();
		}
		Object read = value.isRecorded() ? run.readRecorded(value.payload(), type, what(key))
				: run.environment().payloads().read(value.payload(), type, what(key));
		return Optional.ofNullable((T) read);
	}

	@Override
	public void set(String key, Object value) {
		this.branch.checkOutsideBody("state");
		change(key, this.branch.run().environment().payloads().write(value, value.getClass(), what(key)));
	}

	@Override
	public void clear(String key) {
		change(key, null);
	}

	@Override
	public void clear() {
		change(null, null);
	}

	private void change(@Nullable String key, @Nullable Payload value) {
		LoadedRun run = this.branch.run();
		Operation operation = this.branch.begin(OperationKind.STATE, (key != null) ? key : "");
		if (operation.recorded() != null && operation.settled() instanceof StateChanged recorded) {
			run.state().apply(recorded.key(), recorded.value(), operation.recorded().settledSequence(), true);
			return;
		}
		int sequence = run.journal().note(new StateChanged(operation.position(), key, value, run.environment().now()));
		run.state().apply(key, value, sequence, false);
	}

	@Override
	public Set<String> keys() {
		this.branch.checkOutsideBody("state");
		return this.branch.run().state().keys();
	}

	private static String what(String key) {
		return "the state '" + key + "'";
	}

}

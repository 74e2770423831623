package io.kraft.engine.operation;

import java.lang.reflect.Type;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntSupplier;

import io.kraft.client.RequiredArgument;
import io.kraft.engine.journal.JournalEntry.StateChanged;
import io.kraft.engine.journal.OperationKind;
import io.kraft.engine.journal.Payload;
import io.kraft.engine.run.Branch;
import io.kraft.engine.run.Branch.Operation;
import io.kraft.engine.run.DurableState.Value;
import io.kraft.engine.run.LoadedRun;
import io.kraft.workflow.TypeRef;
import io.kraft.workflow.WorkflowState;
import org.jspecify.annotations.Nullable;

/**
 * The state of a run, as its code sees it. A change is an operation that goes with the
 * run's next commit; a read is none: it sees the changes that the code has asked for,
 * made now or recorded.
 */
final class StateView implements WorkflowState {

	private final LoadedRun run;

	StateView(LoadedRun run) {
		this.run = run;
	}

	private Branch branch() {
		return CallingBranch.of(this.run, "the state");
	}

	@Override
	public <T> Optional<T> get(String key, Class<T> type) {
		return read(key, required("get", "type", type));
	}

	@Override
	public <T> Optional<T> get(String key, TypeRef<T> type) {
		return read(key, required("get", "type", type).type());
	}

	/**
	 * What was recorded and does not fit any more pauses the run; what was just set is
	 * the code's mistake.
	 */
	@SuppressWarnings("unchecked") // The caller's type says how to read.
	private <T> Optional<T> read(String key, Type type) {
		branch().checkOutsideBody("state");
		this.run.continuation().check();
		Value value = this.run.state().get(required("get", "key", key));
		if (value == null || value.payload() == null) {
			return Optional.empty();
		}
		Object read = value.isRecorded() ? this.run.values().read(value.payload(), type, what(key))
				: this.run.environment().payloads().read(value.payload(), type, what(key));
		return Optional.ofNullable((T) read);
	}

	@Override
	public void set(String key, Object value) {
		branch().checkOutsideBody("state");
		required("set", "key", key);
		RequiredArgument.check("WorkflowState.set", "value", value, "To remove the key use clear(\"" + key + "\")");
		change(key, this.run.environment().payloads().write(value, value.getClass(), what(key)));
	}

	@Override
	public void clear(String key) {
		change(RequiredArgument.check("WorkflowState.clear", "key", key, "To remove all keys use clear()"), null);
	}

	@Override
	public void clear() {
		change(null, null);
	}

	private void change(@Nullable String key, @Nullable Payload value) {
		Operation operation = branch().begin(OperationKind.STATE, (key != null) ? key : "");
		if (operation.recorded() != null && operation.completedBy() instanceof StateChanged recorded) {
			this.run.state().apply(recorded.key(), recorded.value(), operation.recorded().completedSequence(), true);
			return;
		}
		IntSupplier note = () -> this.run.journal()
			.note(new StateChanged(operation.position(), key, value, this.run.environment().now()));
		if (key != null && value != null) {
			this.run.valueRoom().set(key, value, note);
		}
		else {
			this.run.state().apply(key, value, note.getAsInt(), false);
		}
	}

	@Override
	public Set<String> keys() {
		branch().checkOutsideBody("state");
		return this.run.state().keys();
	}

	private static <T> T required(String method, String name, @Nullable T argument) {
		return RequiredArgument.check("WorkflowState." + method, name, argument);
	}

	private static String what(String key) {
		return "the state '" + key + "'";
	}

}

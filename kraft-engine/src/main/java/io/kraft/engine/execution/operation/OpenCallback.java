package io.kraft.engine.execution.operation;

import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Optional;

import io.kraft.engine.execution.run.Branch;
import io.kraft.engine.journal.Outcome;
import io.kraft.engine.journal.Position;
import io.kraft.workflow.Callback;
import org.jspecify.annotations.Nullable;

/**
 * A callback of the run that opened it. Once it has been waited for, it keeps what came.
 */
final class OpenCallback<T extends @Nullable Object> implements Callback<T> {

	private final Branch branch;

	private final Position position;

	private final String token;

	private final Type type;

	private @Nullable Outcome outcome;

	OpenCallback(Branch branch, Position position, String token, Type type) {
		this.branch = branch;
		this.position = position;
		this.token = token;
		this.type = type;
	}

	@Override
	public String token() {
		return this.token;
	}

	// The value was read as T, which says whether it may be null.
	@Override
	@SuppressWarnings({ "unchecked", "NullAway" })
	public T await() {
		return (T) value(null);
	}

	@Override
	@SuppressWarnings({ "unchecked", "NullAway" })
	public Optional<T> await(Duration timeout) {
		return (Optional<T>) Optional.ofNullable(value(timeout));
	}

	private @Nullable Object value(@Nullable Duration timeout) {
		MessageWait wait = MessageWait.forCallback(this.branch, this.branch.run().place(this.position));
		if (this.outcome == null) {
			this.outcome = wait.await(timeout);
		}
		return (this.outcome != null) ? wait.read(this.outcome, this.type) : null;
	}

}

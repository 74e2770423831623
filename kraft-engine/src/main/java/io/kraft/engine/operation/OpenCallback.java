package io.kraft.engine.operation;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import io.kraft.client.RequiredArgument;
import io.kraft.engine.journal.OperationKind;
import io.kraft.engine.journal.Outcome;
import io.kraft.engine.journal.Position;
import io.kraft.engine.run.Branch;
import io.kraft.engine.run.ExpectedPayload;
import io.kraft.engine.run.LoadedRun;
import io.kraft.workflow.Callback;
import org.jspecify.annotations.Nullable;

/**
 * A callback of the run that opened it; any branch of the run may wait for it. A branch
 * that has waited for it keeps what came.
 */
final class OpenCallback<T extends @Nullable Object> implements Callback<T> {

	private final LoadedRun run;

	private final Position position;

	private final String token;

	private final ExpectedPayload expected;

	private final SharedMessage message = new SharedMessage();

	/** Each branch waits by itself, as an operation of its own, until it knows. */
	private final Map<Branch, Outcome> known = new ConcurrentHashMap<>();

	OpenCallback(LoadedRun run, Position position, String token, ExpectedPayload expected) {
		this.run = run;
		this.position = position;
		this.token = token;
		this.expected = expected;
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
		RequiredArgument.check("Callback.await", "timeout", timeout, "To wait without a bound use await()");
		return (Optional<T>) Optional.ofNullable(value(timeout));
	}

	private @Nullable Object value(@Nullable Duration timeout) {
		Branch branch = CallingBranch.of(this.run, "a callback");
		branch.checkOutsideBody(OperationKind.CALLBACK_WAIT.label());
		MessageWait wait = MessageWait.forCallback(branch, this.run.place(this.position), this.message, this.expected);
		Outcome outcome = this.known.get(branch);
		if (outcome == null) {
			outcome = wait.await(timeout);
		}
		if (outcome == null) {
			return null;
		}
		this.known.put(branch, outcome);
		return wait.read(outcome);
	}

}

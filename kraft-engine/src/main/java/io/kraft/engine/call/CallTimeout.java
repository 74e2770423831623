package io.kraft.engine.call;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

import io.kraft.client.CallTimeoutException;
import io.kraft.engine.routing.Call;
import io.kraft.engine.routing.Completion;
import io.kraft.engine.routing.RunService;
import io.kraft.engine.routing.RunView;
import io.kraft.engine.routing.StartedRun;
import io.kraft.engine.run.Instants;
import io.kraft.engine.state.RunState;
import io.kraft.engine.store.RunRow;
import io.kraft.engine.timer.Scheduler.Scheduled;
import io.kraft.workflow.KraftException;
import org.jspecify.annotations.Nullable;

/**
 * Bounds how long a direct call of a workflow waits for the end of its run, which
 * continues without it. Nothing of that is durable: the wait ends with the process.
 * Thread-safe.
 */
final class CallTimeout {

	private final @Nullable Duration limit;

	/**
	 * A time-out of calls.
	 * @param limit more than 0; null if calls wait as long as their runs take
	 */
	CallTimeout(@Nullable Duration limit) {
		this.limit = limit;
	}

	/**
	 * When a call that is made now has waited long enough; null for never.
	 */
	@Nullable Instant deadline(CallingNode node) {
		return (this.limit != null) ? Instants.plus(node.clock().instant(), this.limit) : null;
	}

	/**
	 * Completes when the run of a call has ended, and fails with a
	 * {@link CallTimeoutException} at the deadline. A caller that gives it up cancels it.
	 * @param deadline null if there is none
	 */
	CompletableFuture<Completion> completion(CallingNode node, RunService service, StartedRun run,
			@Nullable Instant deadline) {
		CompletableFuture<Completion> completion = service.end(Call.OWN, run);
		if (deadline != null && !completion.isDone()) {
			Scheduled alarm = node.scheduler().schedule(deadline, () -> expire(node, service, run, completion));
			var unused = completion.whenComplete((value, failure) -> alarm.cancel());
		}
		return completion;
	}

	/**
	 * On a thread of its own: it reads the store, and the caller may do anything then.
	 */
	private void expire(CallingNode node, RunService service, StartedRun run,
			CompletableFuture<Completion> completion) {
		Runnable fail = () -> completion.completeExceptionally(timedOut(run, row(service, run)));
		try {
			node.threads().virtual("kraft-call-timeout", node.work().counted(fail)).start();
		}
		catch (Throwable ex) {
			// No memory, or no thread: that costs the status in the message.
			completion.completeExceptionally(timedOut(run, null));
		}
	}

	private CallTimeoutException timedOut(StartedRun run, @Nullable RunRow row) {
		String text = "a direct call has waited for run '" + run.id() + "' for " + this.limit
				+ " (kraft.client.call-timeout), and it has not ended" + standing(row)
				+ ". The run continues: WorkflowClient.handle(id) has its result. See docs/reference/errors.md#kraft-3030";
		return new CallTimeoutException(text, null, run.id(), (row != null) ? row.status() : null);
	}

	private static @Nullable RunRow row(RunService service, StartedRun run) {
		try {
			return service.find(Call.OWN, run.id())
				.map(RunView::row)
				.filter((row) -> row.number() == run.number())
				.orElse(null);
		}
		catch (KraftException ex) {
			// What is wrong with the store shows elsewhere.
			return null;
		}
	}

	private static String standing(@Nullable RunRow row) {
		if (row == null) {
			return "";
		}
		return "; its status is " + row.status() + ((row.state() instanceof RunState.Paused paused)
				? ", until it is resumed, or ended with failRun or " + "terminate (" + paused.reason() + ")" : "");
	}

}

package io.kraft.engine.state;

import java.util.Set;

import io.kraft.client.RunOperation;
import io.kraft.client.WorkflowStatus;
import org.jspecify.annotations.Nullable;

import static io.kraft.client.WorkflowStatus.CANCELLED;
import static io.kraft.client.WorkflowStatus.COMPLETED;
import static io.kraft.client.WorkflowStatus.DEAD;
import static io.kraft.client.WorkflowStatus.FAILED;
import static io.kraft.client.WorkflowStatus.PAUSED;
import static io.kraft.client.WorkflowStatus.PENDING;
import static io.kraft.client.WorkflowStatus.RUNNING;
import static io.kraft.client.WorkflowStatus.SCHEDULED;
import static io.kraft.client.WorkflowStatus.SUSPENDED;
import static io.kraft.client.WorkflowStatus.TERMINATED;
import static io.kraft.client.WorkflowStatus.TIMED_OUT;

/**
 * The transitions of a run: the one table of which state may follow which, and why. Each
 * change of a run names its transition; the ledger refuses one that is not in the table.
 * What an operator may begin is in {@link RunOperation}.
 * {@code docs/internals/run-lifecycle.md} holds the diagram that a test draws from it.
 */
@SuppressWarnings("ImmutableEnumChecker") // The sets are unmodifiable.
public enum Transition {

	/** A start, of a client, a parent or a schedule. */
	CREATE(Set.of(), Set.of(SCHEDULED, PENDING, RUNNING)),

	/**
	 * The start time of a delayed run has come, or an item's next attempt is due: it
	 * waits for its turn.
	 */
	COME_DUE(Set.of(SCHEDULED, SUSPENDED), Set.of(PENDING)),

	/**
	 * The run is loaded to execute: it is its turn, or it is cancelled before, or it was
	 * paused and the cause may no longer exist.
	 */
	BEGIN(Set.of(SCHEDULED, PENDING, PAUSED), Set.of(RUNNING)),

	/** All branches wait. */
	SUSPEND(Set.of(RUNNING, SUSPENDED), Set.of(SUSPENDED)),

	/** What a branch waits for has come. */
	CONTINUE(Set.of(SUSPENDED), Set.of(RUNNING)),

	/** The code continues with a fresh journal. */
	CONTINUE_AS_NEW(Set.of(RUNNING, SUSPENDED), Set.of(RUNNING)),

	/** On request of a user, or because the run cannot continue here. */
	PAUSE(Set.of(SCHEDULED, PENDING, RUNNING, SUSPENDED, PAUSED), Set.of(PAUSED)),

	/** On request of a user: the run waits for its turn. */
	RESUME(Set.of(RUNNING, SUSPENDED, PENDING, PAUSED), Set.of(PENDING)),

	/** The code has returned or thrown. */
	END(Set.of(RUNNING, SUSPENDED), Set.of(COMPLETED, FAILED, DEAD, CANCELLED, TIMED_OUT)),

	/** An operator ended it. */
	TERMINATE(RunOperation.TERMINATE.statuses(), Set.of(TERMINATED)),

	/** A failed run is to continue from what failed. */
	RETRY(RunOperation.RETRY.statuses(), Set.of(PENDING)),

	/** By retention, by an operator, or in favour of a new run of the same id. */
	REMOVE(RunOperation.DELETE.statuses(), Set.of());

	private final Set<WorkflowStatus> from;

	private final Set<WorkflowStatus> to;

	Transition(Set<WorkflowStatus> from, Set<WorkflowStatus> to) {
		this.from = from;
		this.to = to;
	}

	/**
	 * The statuses that it may leave; empty if the run does not exist before.
	 */
	public Set<WorkflowStatus> from() {
		return this.from;
	}

	/**
	 * The statuses that it may lead to; empty if the run does not exist afterwards.
	 */
	public Set<WorkflowStatus> to() {
		return this.to;
	}

	/**
	 * Whether it leads from one state to another.
	 * @param before null if there is no run
	 * @param after null if the run no longer exists
	 */
	public boolean allows(@Nullable RunState before, @Nullable RunState after) {
		return matches(this.from, before) && matches(this.to, after);
	}

	private static boolean matches(Set<WorkflowStatus> statuses, @Nullable RunState state) {
		return (state != null) ? statuses.contains(state.status()) : statuses.isEmpty();
	}

	/**
	 * Whether any transition leads from one state to another.
	 * @param before null if there is no run
	 * @param after null if the run no longer exists
	 */
	public static boolean isLegal(@Nullable RunState before, @Nullable RunState after) {
		for (Transition transition : values()) {
			if (transition.allows(before, after)) {
				return true;
			}
		}
		return false;
	}

}

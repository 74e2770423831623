package io.kraft.engine.interleaving;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import io.kraft.client.WorkflowStatus;
import org.jspecify.annotations.Nullable;

/**
 * The model: what has become of the run of the id. Each operation takes effect at one
 * moment, so that two of them come out as if one had come after the other; the run then
 * comes to rest, and if nothing has ended it, completes. Pure.
 *
 * @param status terminal if the run has ended, {@link WorkflowStatus#RUNNING} for every
 * run that has not, null if there is none
 * @param original whether it is the run that was there in the beginning
 * @param asked as what it is asked to end; null if nobody does
 * @param pause whether it is paused, of which {@link WorkflowStatus#RUNNING} says nothing
 */
record Life(@Nullable WorkflowStatus status, boolean original, @Nullable WorkflowStatus asked, Pause pause) {

	private static final Life NEW = new Life(WorkflowStatus.RUNNING, false, null);

	private static final Life NONE = new Life(null, false, null);

	/**
	 * What has become of a run that nobody asks anything.
	 */
	Life(@Nullable WorkflowStatus status, boolean original, @Nullable WorkflowStatus asked) {
		this(status, original, asked, Pause.NO);
	}

	static Life of(RunState state) {
		WorkflowStatus status = state.status();
		return (status == null || status.isTerminal()) ? new Life(status, status != null, null) : new Life(
				WorkflowStatus.RUNNING, true, null, (status == WorkflowStatus.PAUSED) ? Pause.YES : Pause.NO);
	}

	/**
	 * The lives that two operations may lead to, whose callers were told this.
	 */
	static Set<Life> after(RunState state, Operation first, Answer ofFirst, Operation second, Answer ofSecond) {
		boolean uncertain = first.endsEngine() || second.endsEngine();
		Set<Life> lives = new LinkedHashSet<>();
		for (List<Call> order : List.of(List.of(new Call(first, ofFirst), new Call(second, ofSecond)),
				List.of(new Call(second, ofSecond), new Call(first, ofFirst)))) {
			for (Life between : Life.of(state).after(order.getFirst(), uncertain)) {
				between.after(order.getLast(), uncertain).forEach((life) -> lives.add(life.atRest()));
			}
		}
		return lives;
	}

	/** What is asked to stop may have done so before the call. */
	private Set<Life> after(Call call, boolean uncertain) {
		Set<Life> lives = new LinkedHashSet<>(takingEffect(call, uncertain));
		if (this.asked != null) {
			lives.addAll(atRest().takingEffect(call, uncertain));
		}
		return lives;
	}

	private Set<Life> takingEffect(Call call, boolean uncertain) {
		Set<Life> lives = new LinkedHashSet<>();
		for (Effect effect : effects(call.operation())) {
			if (effect.answer().equals(call.answer()) || (uncertain && !call.answer().isAcknowledged())) {
				lives.add(effect.life());
			}
		}
		if (uncertain && (!call.answer().isAcknowledged() || call.operation().isOfRun())) {
			// It may have been cut off before.
			lives.add(this);
		}
		if (uncertain && call.operation() == Operation.AT_MOST_ONCE_STEP && isLiving()) {
			// Its outcome may be unknown.
			lives.add(ended(WorkflowStatus.FAILED));
		}
		return lives;
	}

	private List<Effect> effects(Operation operation) {
		return switch (operation) {
			case START_ATTACH, CHILD_OF_SAME_ID -> done((this.status == null) ? NEW : this);
			case START_FAIL -> (this.status == null) ? done(NEW) : refused(Answer.EXISTS);
			case START_REPLACE ->
				(this.status == null || this.status.isTerminal()) ? done(NEW) : refused(Answer.EXISTS);
			case SIGNAL, SIGNAL_WITH_ID, OTHER_SIGNAL -> toLiving(this);
			// A second completion has no effect, and is no error.
			case COMPLETE, FAIL_CALLBACK ->
				(this.status == null) ? refused(Answer.UNKNOWN_ID) : List.of(effect(this), effect(Answer.ENDED));
			case CANCEL -> toKnown(asked(WorkflowStatus.CANCELLED));
			case FAIL_RUN -> toKnown(asked(WorkflowStatus.FAILED).perhapsStillPaused());
			case TERMINATE -> toKnown(isLiving() ? ended(WorkflowStatus.TERMINATED) : this);
			case PAUSE -> toKnown(perhapsPaused());
			case RESUME -> toKnown(perhapsStillPaused());
			case RESTART -> toKnown(this);
			case RESTART_FROM ->
				(this.status == null) ? refused(Answer.UNKNOWN_ID) : List.of(effect(this), effect(Answer.NO_POSITION));
			case RETRY -> retried();
			case DELETE -> isLiving() ? refused(Answer.NOT_ENDED) : toKnown(NONE);
			case SWEEP -> List.of(effect(this), effect(isLiving() ? this : NONE));
			case RUN_END -> isLiving() ? endedBySelf(WorkflowStatus.COMPLETED) : done(this);
			case RUN_FAILURE -> isLiving() ? endedBySelf(WorkflowStatus.FAILED) : done(this);
			// What the engine has paused it tries again.
			case STOP, CRASH, LOSE_PARTITION -> done(perhapsStillPaused());
			case TIMER_DUE, CHILD_END, NEXT_STEP, AT_MOST_ONCE_STEP, SIDE_EFFECT, AWAIT_SIGNAL, SLEEP, AWAIT_CALLBACK,
					CHILD_START, CONTINUE_AS_NEW ->
				done(this);
		};
	}

	private List<Effect> retried() {
		if (this.status == WorkflowStatus.FAILED) {
			return done(new Life(WorkflowStatus.RUNNING, this.original, null));
		}
		if (!isLiving()) {
			return toLiving(this);
		}
		return switch (this.pause) {
			case NO -> done(this);
			case PERHAPS -> List.of(effect(this), effect(Answer.NOT_ENDED));
			case YES -> refused(Answer.NOT_ENDED);
		};
	}

	/** It pauses at its next durable call, if it comes to one. */
	private Life perhapsPaused() {
		return (isLiving() && this.pause == Pause.NO) ? with(Pause.PERHAPS) : this;
	}

	/** It goes on, and is paused again if its code cannot. */
	private Life perhapsStillPaused() {
		return (this.pause == Pause.YES) ? with(Pause.PERHAPS) : this;
	}

	private Life with(Pause pause) {
		return new Life(this.status, this.original, this.asked, pause);
	}

	/** What was asked to stop may do so instead. */
	private List<Effect> endedBySelf(WorkflowStatus status) {
		return (this.asked != null) ? List.of(effect(ended(status)), effect(ended(this.asked))) : done(ended(status));
	}

	private List<Effect> toLiving(Life life) {
		return (this.status != null && this.status.isTerminal()) ? refused(Answer.ENDED) : toKnown(life);
	}

	private List<Effect> toKnown(Life life) {
		return (this.status == null) ? refused(Answer.UNKNOWN_ID) : done(life);
	}

	private static List<Effect> done(Life life) {
		return List.of(effect(life));
	}

	private List<Effect> refused(Answer answer) {
		return List.of(effect(answer));
	}

	private static Effect effect(Life life) {
		return new Effect(Answer.DONE, life);
	}

	private Effect effect(Answer answer) {
		return new Effect(answer, this);
	}

	private boolean isLiving() {
		return this.status != null && !this.status.isTerminal();
	}

	/** What is asked first counts. */
	private Life asked(WorkflowStatus end) {
		return (isLiving() && this.asked == null) ? new Life(this.status, this.original, end, this.pause) : this;
	}

	private Life ended(WorkflowStatus status) {
		return new Life(status, this.original, null);
	}

	/** What is not asked to stop is let complete. */
	private Life atRest() {
		if (!isLiving()) {
			return this;
		}
		return ended((this.asked != null) ? this.asked : WorkflowStatus.COMPLETED);
	}

	@Override
	public String toString() {
		return Objects.requireNonNullElse(this.status, "no run")
				+ ((this.status == null || this.original) ? "" : " (new)");
	}

	/**
	 * What the model knows of a pause.
	 */
	enum Pause {

		NO, PERHAPS, YES

	}

	private record Call(Operation operation, Answer answer) {
	}

	private record Effect(Answer answer, Life life) {
	}

}

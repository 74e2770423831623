package io.kraft.engine.kill;

import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

import io.kraft.client.WorkflowClient;
import io.kraft.client.WorkflowStatus;

/**
 * Pauses, retries, restarts and deletes runs. What it was about to do when the process
 * was killed is done again, save what was acknowledged.
 */
final class Operator {

	private final WorkflowClient client;

	private final Marks marks;

	private final Acknowledged acknowledged;

	Operator(WorkflowClient client, Marks marks, Acknowledged acknowledged) {
		this.client = client;
		this.marks = marks;
		this.acknowledged = acknowledged;
	}

	/**
	 * Stops a run now and then, and lets it go on at last.
	 */
	void pauseAndResume(String id, Random random) throws InterruptedException {
		TimeUnit.MILLISECONDS.sleep(random.nextInt(20));
		resumeSurely(id);
		for (int time = random.nextInt(3); time > 0; time--) {
			this.client.pause(id);
			awaitStatus(id, (status) -> status == WorkflowStatus.PAUSED);
			TimeUnit.MILLISECONDS.sleep(10);
			// Once more: the first may have been what a former life's pause has left.
			if (this.client.handle(id).status() == WorkflowStatus.PAUSED) {
				this.marks.add(Mark.Kind.PAUSED, id);
			}
			TimeUnit.MILLISECONDS.sleep(random.nextInt(20));
			resumeSurely(id);
		}
		// Not looked at meanwhile: it may be paused, or about to be, or not at all.
		for (int time = random.nextInt(3); time > 0; time--) {
			this.client.pause(id);
			TimeUnit.MILLISECONDS.sleep(random.nextInt(3));
			this.client.resume(id);
		}
	}

	/** A status that is seen later is not one of before. */
	private void resumeSurely(String id) throws InterruptedException {
		this.marks.add(Mark.Kind.RESUMING, id);
		this.client.resume(id);
		awaitStatus(id, (status) -> status != WorkflowStatus.PAUSED);
	}

	/**
	 * Retries a run until it has ended well.
	 */
	void mend(String id) throws InterruptedException {
		for (WorkflowStatus end = awaitEnd(id); end != WorkflowStatus.COMPLETED; end = awaitEnd(id)) {
			this.marks.add(Mark.Kind.MENDING, id);
			this.client.retry(id);
		}
	}

	/**
	 * Has a run done again, or away with it, or both.
	 */
	void repeat(String id, Random random) throws InterruptedException {
		if (isToBeRestarted(id)) {
			restart(id, random);
		}
		if (OperatorScenarios.isDeleted(id) && this.client.find(id).isPresent()) {
			awaitEnd(id);
			this.marks.add(Mark.Kind.DELETING, id);
			this.client.delete(id);
			this.acknowledged.add("delete " + id);
		}
	}

	boolean mayRepeat(String id) {
		return isToBeRestarted(id) || OperatorScenarios.isDeleted(id);
	}

	private boolean isToBeRestarted(String id) {
		return OperatorScenarios.isRestarted(id) && !this.acknowledged.before("restart " + id);
	}

	private void restart(String id, Random random) throws InterruptedException {
		String copy;
		if (OperatorScenarios.isRestartedFrom(id)) {
			awaitEnd(id);
			String position = this.client.operations(id)
				.stream()
				.filter((step) -> step.name().equals(Effect.name("", OperatorScenarios.RESTARTED_FROM)))
				.findFirst()
				.orElseThrow()
				.position();
			this.marks.add(Mark.Kind.RESTARTING, id);
			copy = this.client.restartFrom(id, position).id();
		}
		else {
			TimeUnit.MILLISECONDS.sleep(random.nextInt(20));
			this.marks.add(Mark.Kind.RESTARTING, id);
			copy = this.client.restart(id).id();
		}
		this.acknowledged.add("start " + copy);
		this.acknowledged.add("restart " + id);
	}

	/**
	 * Lets schedules or queues rest, again and again, until the thread is interrupted.
	 */
	void restAgainAndAgain(Set<Resting> resting, Random random) throws InterruptedException {
		while (true) {
			// At first as the former life has left it.
			TimeUnit.MILLISECONDS.sleep(random.nextInt(300));
			for (Resting one : resting) {
				one.pause().accept(this.client);
				this.marks.add(Mark.Kind.PAUSED, one.name());
			}
			TimeUnit.MILLISECONDS.sleep(random.nextInt(150));
			resume(resting);
		}
	}

	void resume(Set<Resting> resting) {
		for (Resting one : resting) {
			this.marks.add(Mark.Kind.RESUMING, one.name());
			one.resume().accept(this.client);
		}
	}

	private WorkflowStatus awaitEnd(String id) throws InterruptedException {
		return awaitStatus(id, WorkflowStatus::isTerminal);
	}

	private WorkflowStatus awaitStatus(String id, Predicate<WorkflowStatus> condition) throws InterruptedException {
		WorkflowStatus status = this.client.handle(id).status();
		while (!condition.test(status) && !status.isTerminal()) {
			TimeUnit.MILLISECONDS.sleep(3);
			status = this.client.handle(id).status();
		}
		return status;
	}

}

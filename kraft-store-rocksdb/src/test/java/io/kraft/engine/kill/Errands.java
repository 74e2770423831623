package io.kraft.engine.kill;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import io.kraft.client.WorkflowClient;
import io.kraft.client.WorkflowDescription;
import io.kraft.client.WorkflowEndedException;
import io.kraft.client.WorkflowHandle;
import io.kraft.client.WorkflowStatus;

/**
 * What the world owes the runs: signals, completions, cancellations. What was
 * acknowledged in this life or a former one is not sent again, so that a run waits for
 * ever if it was lost; but now and then a signal is, under its id, so that one that was
 * taken twice is seen.
 */
final class Errands {

	private final WorkflowClient client;

	private final Acknowledged acknowledged;

	private final Operator operator;

	Errands(WorkflowClient client, Marks marks, Path directory) {
		this.client = client;
		this.acknowledged = new Acknowledged(directory);
		this.operator = new Operator(client, marks, this.acknowledged);
	}

	Operator operator() {
		return this.operator;
	}

	/**
	 * Whether a run may need something: it need not be open.
	 */
	boolean mayNeedMore(WorkflowDescription run) {
		boolean failed = run.status() == WorkflowStatus.FAILED || run.status() == WorkflowStatus.DEAD;
		return !run.status().isTerminal() || (failed && Scenario.isMended(run.id()))
				|| (run.name().equals("repeated") && this.operator.mayRepeat(run.id()));
	}

	/**
	 * Does all that the run needs from outside, in the order of random.
	 */
	void run(String workflow, String id, Random random) throws InterruptedException {
		try {
			switch (workflow) {
				case "messages" -> {
					for (int number = 1; number <= MessageScenarios.SIGNALS; number++) {
						signal(id, number, random);
					}
					complete(id, random);
				}
				case "cancelled" -> {
					if (random.nextBoolean()) {
						awaitSuspended(id);
					}
					TimeUnit.MILLISECONDS.sleep(random.nextInt(60));
					once("cancel " + id, () -> this.client.cancel(id));
				}
				case "handled" -> this.operator.pauseAndResume(id, random);
				case "repeated" -> this.operator.repeat(id, random);
				default -> {
					if (Scenario.isMended(id)) {
						this.operator.mend(id);
					}
				}
			}
		}
		catch (WorkflowEndedException ex) {
			// It had what it needed: otherwise it has not ended well.
		}
	}

	private void signal(String id, int number, Random random) {
		once("signal " + id + " " + number, () -> this.client.signal(id, "go", number, "message-" + number));
		if (random.nextInt(8) == 0) {
			this.client.signal(id, "go", 100 + number, "message-" + number);
		}
	}

	private void complete(String id, Random random) throws InterruptedException {
		WorkflowHandle<?> run = this.client.handle(id);
		Optional<String> token = run.published("token", String.class);
		while (token.isEmpty()) {
			TimeUnit.MILLISECONDS.sleep(3);
			token = run.published("token", String.class);
		}
		String published = token.get();
		once("complete " + id, () -> {
			if (MessageScenarios.isRefused(id)) {
				this.client.fail(published, "no");
			}
			else {
				this.client.complete(published, "called");
			}
		});
		if (random.nextInt(8) == 0) {
			this.client.complete(published, "called again");
		}
	}

	private void awaitSuspended(String id) throws InterruptedException {
		WorkflowStatus status = this.client.handle(id).status();
		while (status != WorkflowStatus.SUSPENDED && !status.isTerminal()) {
			TimeUnit.MILLISECONDS.sleep(3);
			status = this.client.handle(id).status();
		}
	}

	private void once(String errand, Runnable action) {
		if (!this.acknowledged.before(errand)) {
			action.run();
			this.acknowledged.add(errand);
		}
	}

}

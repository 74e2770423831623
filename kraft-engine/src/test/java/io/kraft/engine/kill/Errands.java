package io.kraft.engine.kill;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import io.kraft.client.WorkflowClient;
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

	private final Lines acknowledged;

	private final Set<String> acknowledgedBefore;

	Errands(WorkflowClient client, Path directory) {
		this.client = client;
		this.acknowledged = new Lines(Workload.acknowledged(directory));
		try {
			this.acknowledgedBefore = new HashSet<>(Lines.read(Workload.acknowledged(directory)));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Does all that the run needs from outside, in the order of chance.
	 */
	void run(String workflow, String id, Random chance) throws InterruptedException {
		try {
			switch (workflow) {
				case "messages" -> {
					for (int number = 1; number <= MessageScenarios.SIGNALS; number++) {
						signal(id, number, chance);
					}
					complete(id, chance);
				}
				case "cancelled" -> {
					if (chance.nextBoolean()) {
						awaitSuspended(id);
					}
					TimeUnit.MILLISECONDS.sleep(chance.nextInt(60));
					once("cancel " + id, () -> this.client.cancel(id));
				}
				default -> {
				}
			}
		}
		catch (WorkflowEndedException ex) {
			// It had what it needed: otherwise it has not ended well.
		}
	}

	private void signal(String id, int number, Random chance) {
		once("signal " + id + " " + number, () -> this.client.signal(id, "go", number, "message-" + number));
		if (chance.nextInt(8) == 0) {
			this.client.signal(id, "go", 100 + number, "message-" + number);
		}
	}

	private void complete(String id, Random chance) throws InterruptedException {
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
		if (chance.nextInt(8) == 0) {
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
		if (!this.acknowledgedBefore.contains(errand)) {
			action.run();
			this.acknowledged.append(errand);
		}
	}

}

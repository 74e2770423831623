package io.kraft.spring.boot.autoconfigure.guide;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

import io.kraft.workflow.Step;
import io.kraft.workflow.WorkflowContext;

/**
 * Code that does not take the same path again, each with its cure.
 */
class Determinism {

	private final WorkflowContext workflow;

	private final Repository repository;

	private int counter;

	Determinism(WorkflowContext workflow, Repository repository) {
		this.workflow = workflow;
		this.repository = repository;
	}

	void wrongClock(Instant deadline) {
		if (Instant.now().isBefore(deadline)) {
			remind();
		}
	}

	void rightClock(Instant deadline) {
		if (this.workflow.now().isBefore(deadline)) {
			remind();
		}
	}

	void wrongRandom() {
		reserve(UUID.randomUUID().toString());
	}

	void rightRandom() {
		reserve(this.workflow.randomUuid().toString());
	}

	void wrongOutside(String customer) {
		if (this.repository.isBlocked(customer)) {
			remind();
		}
	}

	void rightOutside(String customer) {
		if (isBlocked(customer)) {
			remind();
		}
	}

	@Step
	boolean isBlocked(String customer) {
		return this.repository.isBlocked(customer);
	}

	void wrongOrder(List<String> items) {
		for (String item : new HashSet<>(items)) {
			reserve(item);
		}
	}

	void rightOrder(List<String> items) {
		for (String item : new TreeSet<>(items)) {
			reserve(item);
		}
	}

	void wrongField() {
		this.counter++;
		if (this.counter > 3) {
			remind();
		}
	}

	void rightField() {
		int counter = this.workflow.state().get("counter", Integer.class).orElse(0) + 1;
		this.workflow.state().set("counter", counter);
		if (counter > 3) {
			remind();
		}
	}

	void wrongThreads(List<String> items) {
		items.parallelStream().forEach(this::reserve);
		CompletableFuture.runAsync(this::remind).join();
	}

	void rightThreads(List<String> items) {
		items.forEach(this::reserve);
		remind();
	}

	@Step
	void remind() {
	}

	@Step
	void reserve(String item) {
	}

	interface Repository {

		boolean isBlocked(String customer);

	}

}

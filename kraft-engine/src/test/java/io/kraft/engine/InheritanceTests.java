package io.kraft.engine;

import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import io.kraft.client.WorkflowHandle;
import io.kraft.engine.reliability.Proves;
import io.kraft.engine.testing.TestEngine;
import io.kraft.workflow.WorkflowContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Runs see the same in their first execution and in a replay, whichever thread began it.
 */
@Proves(fault = "Callers have inheritable thread-locals and a class loader of their own",
		promise = "Runs see none of them")
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class InheritanceTests {

	private static final InheritableThreadLocal<String> TENANT = new InheritableThreadLocal<>();

	private final WorkflowContext workflow = WorkflowContext.ofCallingRun();

	private final List<String> seen = new CopyOnWriteArrayList<>();

	private final ClassLoader own = new URLClassLoader("own", new URL[0], getClass().getClassLoader());

	private final ClassLoader callers = new URLClassLoader("caller's", new URL[0], getClass().getClassLoader());

	private final TestEngine engine = new TestEngine().with((builder) -> builder.classLoader(this.own))
		.workflow("order", String.class, (argument) -> {
			look("run");
			this.workflow.async(() -> {
				look("branch");
				return "";
			}).await();
			engine().step("charge", String.class, () -> {
				look("step");
				Thread.currentThread().setContextClassLoader(this.callers);
				return "";
			});
			look("after the step");
			this.workflow.awaitSignal("go", String.class);
			return "done";
		});

	@AfterEach
	void close() {
		this.engine.close();
	}

	private TestEngine engine() {
		return this.engine;
	}

	private void look(String where) {
		ClassLoader loader = Thread.currentThread().getContextClassLoader();
		this.seen.add(where + ": " + TENANT.get() + ", " + ((loader != null) ? loader.getName() : "none"));
	}

	@Test
	void nothingOfTheCallerIsSeenByTheRunItsBranchesAndItsSteps() {
		this.engine.start();
		WorkflowHandle<?> run = asCaller(() -> this.engine.run("order", "o1", "x"));
		await().until(() -> this.seen.size() == 4 && this.engine.engine().health().executingRuns() == 0);

		assertThat(this.seen).containsExactly("run: null, own", "branch: null, own", "step: null, own",
				"after the step: null, own");

		this.seen.clear();
		asCaller(this.engine::crashAndStart);
		asCaller(() -> {
			this.engine.client().handle(run.id()).signal("go", "now");
			return this.engine.client().handle(run.id()).result();
		});
		assertThat(this.seen).as("on replay")
			.containsExactly("run: null, own", "branch: null, own", "after the step: null, own");
	}

	@Test
	void nothingOfTheCallerIsSeenByListenersAndAsynchronousStarts() throws Exception {
		this.engine.start();
		asCaller(() -> this.engine.client().subscribe((event) -> look("listener")));

		asCaller(() -> this.engine.client()
			.startAsync("order", io.kraft.client.StartOptions.defaults().id("o2"), "x")
			.thenApply((handle) -> {
				look("start");
				return handle;
			})).get(30, TimeUnit.SECONDS);

		await().until(() -> this.seen.stream().anyMatch((line) -> line.startsWith("listener")));
		assertThat(this.seen).filteredOn((line) -> line.startsWith("listener") || line.startsWith("run"))
			.allMatch((line) -> line.endsWith(": null, own"));
	}

	private <T> T asCaller(java.util.function.Supplier<T> action) {
		Thread caller = Thread.currentThread();
		ClassLoader before = caller.getContextClassLoader();
		TENANT.set("acme");
		caller.setContextClassLoader(this.callers);
		try {
			return action.get();
		}
		finally {
			caller.setContextClassLoader(before);
			TENANT.remove();
		}
	}

}

package io.kraft.engine.kill;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

import io.kraft.client.Page;
import io.kraft.client.StartOptions;
import io.kraft.client.WorkflowDescription;
import io.kraft.client.WorkflowQuery;
import io.kraft.client.WorkflowStatus;
import io.kraft.engine.KraftEngine;
import io.kraft.engine.definition.MethodSignature;
import io.kraft.engine.definition.WorkflowDefinition;
import io.kraft.engine.store.rocksdb.RocksDbOptions;
import io.kraft.engine.store.rocksdb.RocksDbStore;
import io.kraft.workflow.KraftException;
import io.kraft.workflow.WorkflowContext;

/**
 * A process of whose runs each is within its bounds, and all of them together are larger
 * than its heap. Arguments: the directory, and what is large. It reports what has become
 * of them, of another run, and of the memory.
 */
final class SmallHeapProcess {

	private static final String LARGE = "x".repeat(1_900_000);

	private static final WorkflowContext WORKFLOW = WorkflowContext.ofCallingRun();

	private SmallHeapProcess() {
	}

	public static void main(String[] arguments) throws Exception {
		KraftEngine engine = KraftEngine.builder()
			.store(() -> RocksDbStore.open(new RocksDbOptions(Path.of(arguments[0]), false)))
			.workflows(List.of(waits("waits", (none) -> {
			}), waits("sets", (count) -> {
				for (int i = 0; i < count; i++) {
					WORKFLOW.state().set("key-" + i, LARGE);
				}
			}), waits("journals", (count) -> {
				for (int i = 0; i < count; i++) {
					WORKFLOW.sideEffect("effect", String.class, () -> LARGE);
				}
			})))
			.build();
		engine.start();
		try {
			switch (arguments[1]) {
				case "arguments" -> start(engine, "waits", 60, StartOptions.defaults(), LARGE);
				case "state" -> start(engine, "sets", 15, StartOptions.defaults(), "5");
				case "tags" -> tags(engine);
				case "journal" -> journal(engine);
				default -> throw new IllegalArgumentException(arguments[1]);
			}
		}
		catch (Throwable ex) {
			System.out.println("thrown: " + ex);
		}
		engine.client().start("waits", StartOptions.defaults().id("probe"), "0");
		engine.client().signal("probe", "go", "works");
		System.out.println("probe: " + engine.client().handle("probe").resultAsync().get(20, TimeUnit.SECONDS));
		System.out.println("health: " + engine.health().state());
		System.out.flush();
		Runtime.getRuntime().halt(0);
	}

	private static WorkflowDefinition waits(String name, IntConsumer before) {
		return WorkflowDefinition.of(name, MethodSignature.of(String.class, String.class), (arguments) -> {
			String argument = String.valueOf(arguments[0]);
			before.accept((argument.length() < 5) ? Integer.parseInt(argument) : 0);
			return WORKFLOW.awaitSignal("go", String.class);
		});
	}

	/** Starts runs, and lets all of them end. */
	private static void start(KraftEngine engine, String workflow, int count, StartOptions options, String argument)
			throws InterruptedException {
		for (int i = 0; i < count; i++) {
			engine.client().start(workflow, options.id("run-" + i), argument);
			awaitStatus(engine, "run-" + i, WorkflowStatus.SUSPENDED);
		}
		for (int i = 0; i < count; i++) {
			engine.client().signal("run-" + i, "go", "done");
			awaitStatus(engine, "run-" + i, WorkflowStatus.COMPLETED);
		}
		System.out.println("completed: " + count);
	}

	private static void tags(KraftEngine engine) throws InterruptedException {
		Map<String, String> tags = new HashMap<>();
		for (int i = 0; i < 60; i++) {
			tags.put("tag-" + i, "v".repeat(250));
		}
		start(engine, "waits", 4_000, StartOptions.defaults().tags(tags), "0");
		int listed = 0;
		Optional<String> cursor = Optional.empty();
		do {
			WorkflowQuery query = WorkflowQuery.all().limit(1_000);
			Page<WorkflowDescription> page = engine.client().list(cursor.map(query::cursor).orElse(query));
			listed += page.items().size();
			cursor = page.nextCursor();
		}
		while (cursor.isPresent());
		System.out.println("listed: " + listed);
	}

	/** As large as is loaded. */
	private static void journal(KraftEngine engine) throws InterruptedException {
		engine.client().start("journals", StartOptions.defaults().id("j"), "7");
		awaitStatus(engine, "j", WorkflowStatus.SUSPENDED);
		for (int i = 0; i < 3; i++) {
			String copy = engine.client().restartFrom("j", "7").id();
			awaitStatus(engine, copy, WorkflowStatus.SUSPENDED);
		}
		System.out.println("operations: " + engine.client().operations("j").size());
		try {
			System.out.println("exported: " + engine.client().export("j").length());
		}
		catch (KraftException ex) {
			System.out.println("exported: " + ex.code());
		}
		engine.client().signal("j", "go", "done");
		System.out.println("journal: " + engine.client().handle("j").result());
	}

	private static void awaitStatus(KraftEngine engine, String id, WorkflowStatus status) throws InterruptedException {
		while (engine.client().handle(id).status() != status) {
			if (engine.client().handle(id).status() == WorkflowStatus.PAUSED) {
				throw new IllegalStateException("paused: " + engine.client().handle(id).describe().reason());
			}
			Thread.sleep(5);
		}
	}

}

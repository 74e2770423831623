package io.kraft.engine.kill;

import java.nio.file.Path;
import java.util.List;

import io.kraft.client.StartOptions;
import io.kraft.client.WorkflowStatus;
import io.kraft.engine.KraftEngine;
import io.kraft.engine.definition.MethodSignature;
import io.kraft.engine.definition.RetryPolicy;
import io.kraft.engine.definition.StepDefinition;
import io.kraft.engine.definition.WorkflowDefinition;
import io.kraft.engine.store.rocksdb.RocksDbOptions;
import io.kraft.engine.store.rocksdb.RocksDbStore;
import io.kraft.workflow.WorkflowContext;

/**
 * A process that has a run whose journal is larger than its heap, and a small one.
 * Arguments: the directory; whether to make them, and die, or to go on with them, and
 * tell what has become of them.
 */
final class LargeRunProcess {

	private static final StepDefinition STEP = StepDefinition.of("fill", MethodSignature.of(String.class),
			RetryPolicy.defaults());

	private LargeRunProcess() {
	}

	public static void main(String[] arguments) throws Exception {
		WorkflowContext workflow = WorkflowContext.ofCallingRun();
		KraftEngine[] engine = new KraftEngine[1];
		engine[0] = KraftEngine.builder()
			.store(() -> RocksDbStore.open(new RocksDbOptions(Path.of(arguments[0]), false)))
			.workflows(
					List.of(WorkflowDefinition.of("fills", MethodSignature.of(String.class, Integer.class), (times) -> {
						for (int i = 0; i < (Integer) times[0]; i++) {
							engine[0].calls().step(STEP, new Object[0], (copies) -> "x".repeat(1_000_000));
						}
						return workflow.awaitSignal("go", String.class);
					})))
			.build();
		engine[0].start();
		if (arguments[1].equals("make")) {
			engine[0].client().start("fills", StartOptions.defaults().id("large"), 90);
			engine[0].client().start("fills", StartOptions.defaults().id("small"), 1);
			awaitStatus(engine[0], "large", WorkflowStatus.SUSPENDED);
			awaitStatus(engine[0], "small", WorkflowStatus.SUSPENDED);
		}
		else {
			engine[0].client().signal("large", "go", "l");
			engine[0].client().signal("small", "go", "s");
			System.out.println("small: " + engine[0].client().handle("small").result());
			awaitStatus(engine[0], "large", WorkflowStatus.PAUSED);
			System.out.println("large: " + engine[0].client().handle("large").describe().reason());
			engine[0].client().terminate("large");
			System.out.println("health: " + engine[0].health().state());
		}
		System.out.flush();
		Runtime.getRuntime().halt(0);
	}

	private static void awaitStatus(KraftEngine engine, String id, WorkflowStatus status) throws InterruptedException {
		while (engine.client().handle(id).status() != status) {
			Thread.sleep(10);
		}
	}

}

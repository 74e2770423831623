package io.kraft.engine.kill;

import java.nio.file.Path;
import java.util.List;

import io.kraft.client.InboxFullException;
import io.kraft.client.StartOptions;
import io.kraft.client.WorkflowStatus;
import io.kraft.engine.KraftEngine;
import io.kraft.engine.definition.MethodSignature;
import io.kraft.engine.definition.WorkflowDefinition;
import io.kraft.engine.store.rocksdb.RocksDbOptions;
import io.kraft.engine.store.rocksdb.RocksDbStore;
import io.kraft.workflow.WorkflowContext;

/**
 * A process that has runs whose inboxes are larger than its heap, and a small one.
 * Arguments: the directory; whether to fill them, and die, or to go on with them, and
 * tell what has become of them.
 */
final class LargeInboxProcess {

	private static final String LARGE = "x".repeat(1_900_000);

	private static final int SIGNALS = 40;

	private LargeInboxProcess() {
	}

	public static void main(String[] arguments) throws Exception {
		boolean isFilled = arguments[1].equals("fill");
		WorkflowContext workflow = WorkflowContext.ofCallingRun();
		KraftEngine engine = KraftEngine.builder()
			.store(() -> RocksDbStore.open(new RocksDbOptions(Path.of(arguments[0]), false)))
			.maxInboxBytes(isFilled ? 1L << 30 : 16 << 20)
			.workflows(List.of(WorkflowDefinition.of("waits", MethodSignature.of(String.class), (none) -> {
				String go = workflow.awaitSignal("go", String.class);
				if (go.equals("fail")) {
					throw new IllegalStateException("as asked");
				}
				return go + " " + workflow.awaitSignal("bulk", String.class).length();
			})))
			.build();
		engine.start();
		if (isFilled) {
			for (String id : List.of("continues", "fails", "pauses", "cancels", "terminates")) {
				engine.client().start("waits", StartOptions.defaults().id(id));
				for (int i = 0; i < SIGNALS; i++) {
					engine.client().signal(id, "bulk", LARGE);
				}
			}
			engine.client().start("waits", StartOptions.defaults().id("small"));
		}
		else {
			goOn(engine);
		}
		System.out.flush();
		Runtime.getRuntime().halt(0);
	}

	private static void goOn(KraftEngine engine) throws InterruptedException {
		engine.client().signal("small", "go", "s");
		engine.client().signal("small", "bulk", "small");
		System.out.println("small: " + engine.client().handle("small").result());
		try {
			engine.client().signal("continues", "bulk", LARGE);
		}
		catch (InboxFullException ex) {
			System.out.println("refused: " + ex.code());
		}
		engine.client().pause("pauses");
		awaitStatus(engine, "pauses", WorkflowStatus.PAUSED);
		engine.client().cancel("cancels");
		awaitStatus(engine, "cancels", WorkflowStatus.CANCELLED);
		engine.client().terminate("terminates");
		awaitStatus(engine, "terminates", WorkflowStatus.TERMINATED);
		System.out.println("messages: " + engine.client().messages("continues").size());
		for (String id : List.of("continues", "fails")) {
			engine.client().messages(id).forEach((message) -> {
				if (message.number() % 2 == 0) {
					engine.client().discardMessage(id, message.number());
				}
			});
			while (!sends(engine, id, id.equals("fails") ? "fail" : "c")) {
				engine.client().discardMessage(id, engine.client().messages(id).getFirst().number());
			}
		}
		System.out.println("continues: " + engine.client().handle("continues").result());
		awaitStatus(engine, "fails", WorkflowStatus.FAILED);
		engine.client().retry("fails");
		System.out.println("health: " + engine.health().state());
	}

	private static boolean sends(KraftEngine engine, String id, String text) {
		try {
			engine.client().signal(id, "go", text);
			return true;
		}
		catch (InboxFullException ex) {
			return false;
		}
	}

	private static void awaitStatus(KraftEngine engine, String id, WorkflowStatus status) throws InterruptedException {
		while (engine.client().handle(id).status() != status) {
			Thread.sleep(10);
		}
	}

}

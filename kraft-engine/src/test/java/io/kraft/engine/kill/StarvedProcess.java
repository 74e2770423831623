package io.kraft.engine.kill;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.kraft.client.EngineStoppedException;
import io.kraft.client.StartOptions;
import io.kraft.engine.EngineHealth;
import io.kraft.engine.KraftEngine;
import io.kraft.engine.definition.MethodSignature;
import io.kraft.engine.definition.RetryPolicy;
import io.kraft.engine.definition.StepDefinition;
import io.kraft.engine.definition.WorkflowDefinition;
import io.kraft.engine.store.rocksdb.RocksDbOptions;
import io.kraft.engine.store.rocksdb.RocksDbStore;
import io.kraft.workflow.KraftException;
import io.kraft.workflow.WorkflowContext;

/**
 * A process whose application fills its heap for some seconds, under load, then frees it,
 * and tells what has become of the engine: {@code works}, {@code refuses} or what is
 * wrong. Argument: the directory.
 */
final class StarvedProcess {

	private static final StepDefinition STEP = StepDefinition.of("charge", MethodSignature.of(String.class),
			RetryPolicy.defaults());

	private static volatile boolean over;

	private StarvedProcess() {
	}

	public static void main(String[] arguments) throws Exception {
		WorkflowContext workflow = WorkflowContext.ofCallingRun();
		KraftEngine[] engine = new KraftEngine[1];
		engine[0] = KraftEngine.builder()
			.store(() -> RocksDbStore.open(new RocksDbOptions(Path.of(arguments[0]), true)))
			.workflows(List.of(WorkflowDefinition.of("order", MethodSignature.of(String.class), (none) -> {
				for (int i = 0; i < 3; i++) {
					engine[0].calls().step(STEP, new Object[0], (copies) -> "charged");
					workflow.sleep(Duration.ofMillis(20));
				}
				return "done";
			})))
			.shutdownGracePeriod(Duration.ofSeconds(2))
			.build();
		engine[0].start();
		for (int starter = 0; starter < 4; starter++) {
			Thread.ofPlatform().daemon().start(() -> startWithoutEnd(engine[0]));
		}
		fillHeap();
		System.out.println(verdict(engine[0]));
		System.out.flush();
		engine[0].stop();
		System.out.println("stopped");
		System.out.flush();
		Runtime.getRuntime().halt(0);
	}

	private static void startWithoutEnd(KraftEngine engine) {
		while (!over) {
			try {
				engine.client().start("order", StartOptions.defaults());
				Thread.sleep(1);
			}
			catch (Throwable ex) {
				// It has no memory, as the rest.
			}
		}
	}

	private static void fillHeap() throws InterruptedException {
		long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(6);
		List<byte[]> kept = new ArrayList<>(1_000_000);
		while (System.nanoTime() < end) {
			try {
				kept.add(new byte[8 * 1024]);
			}
			catch (OutOfMemoryError ex) {
				Thread.onSpinWait();
			}
		}
		long blocks = kept.size();
		kept.clear();
		System.out.println("filled with " + blocks + " blocks");
		over = true;
		Thread.sleep(1000);
	}

	private static String verdict(KraftEngine engine) {
		try {
			var run = engine.client()
				.startAsync("order", StartOptions.defaults().id("after"))
				.get(20, TimeUnit.SECONDS);
			run.resultAsync().get(20, TimeUnit.SECONDS);
			return "works";
		}
		catch (TimeoutException | InterruptedException ex) {
			return "hangs, and is " + engine.health();
		}
		catch (ExecutionException | RuntimeException ex) {
			Throwable cause = (ex instanceof ExecutionException) ? ex.getCause() : ex;
			boolean down = engine.health().state() == EngineHealth.State.FAILED && engine.health().cause().isPresent();
			return (down && (cause instanceof EngineStoppedException || cause instanceof KraftException)) ? "refuses"
					: "throws " + cause + ", and is " + engine.health();
		}
	}

}

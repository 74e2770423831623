package io.kraft.engine.kill;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
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

	/** So many that what is under way does not fill the heap by itself. */
	private static final Semaphore room = new Semaphore(200);

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
		// A class whose initialization finds no memory cannot be used any more, whatever
		// comes later: so it does not begin with a full heap.
		engine[0].client().start("order", StartOptions.defaults()).result();
		for (int starter = 0; starter < 4; starter++) {
			Thread.ofPlatform().daemon().start(() -> startWithoutEnd(engine[0]));
		}
		fillHeap();
		report(verdict(engine[0]));
		engine[0].stop();
		report("stopped");
		Runtime.getRuntime().halt(0);
	}

	/** As a whole, as soon as there is memory for it. */
	private static void report(String line) {
		while (true) {
			try {
				System.out.writeBytes((line + "\n").getBytes(StandardCharsets.UTF_8));
				System.out.flush();
				return;
			}
			catch (OutOfMemoryError ex) {
				Thread.onSpinWait();
			}
		}
	}

	private static void startWithoutEnd(KraftEngine engine) {
		while (!over) {
			try {
				room.acquire();
				engine.client()
					.start("order", StartOptions.defaults())
					.resultAsync()
					.whenComplete((result, failure) -> room.release());
				Thread.sleep(1);
			}
			catch (Throwable ex) {
				// It has no memory, as the rest.
				room.release();
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
		over = true;
		Thread.sleep(1000);
		report("filled with " + blocks + " blocks");
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
		catch (OutOfMemoryError ex) {
			return "throws " + ex;
		}
	}

}

package io.kraft.engine.kill;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;

import io.kraft.engine.KraftEngine;
import io.kraft.engine.KraftEngineBuilder;
import io.kraft.engine.definition.MethodSignature;
import io.kraft.engine.definition.RetryPolicy;
import io.kraft.engine.definition.StepDefinition;
import io.kraft.engine.definition.WorkflowDefinition;
import io.kraft.engine.store.rocksdb.RocksDbOptions;
import io.kraft.engine.store.rocksdb.RocksDbStore;
import io.kraft.workflow.Delivery;
import io.kraft.workflow.RetryableStepException;
import io.kraft.workflow.StepContext;
import io.kraft.workflow.StepOutcomeUnknownException;
import io.kraft.workflow.WorkflowContext;
import org.jspecify.annotations.Nullable;

/**
 * Workflows that write down each entry of a body before they do anything else, and an
 * engine that executes them over a directory.
 */
final class Workload {

	static final List<String> WORKFLOWS = List.of("plain", "flaky", "everything");

	private static final RetryPolicy SHORT = RetryPolicy.defaults().withInitialDelay(Duration.ofMillis(4));

	private final Path directory;

	private final String life;

	private final Lines effects;

	private final WorkflowContext workflow = WorkflowContext.ofCallingRun();

	private final KraftEngine engine;

	Workload(Path directory, String life, int maxConcurrent, int maxParked) {
		this.directory = directory;
		this.life = life;
		this.effects = new Lines(effects(directory));
		this.engine = builder().maxConcurrentWorkflows(maxConcurrent).maxParkedWorkflows(maxParked).build();
	}

	static Path effects(Path directory) {
		return directory.resolve("effects");
	}

	static Path acknowledged(Path directory) {
		return directory.resolve("acknowledged");
	}

	static Path faults(Path directory) {
		return directory.resolve("faults");
	}

	/**
	 * Whether a run may end with this result.
	 */
	static boolean isRight(String name, @Nullable Object result) {
		return switch (name) {
			case "plain" -> "1@1 2@1 3@1 4@1 5@1".equals(result);
			case "flaky" -> "1@1 2@3 3@1 4@1".equals(result);
			case "everything" -> result != null
					&& List.of("1@1 2@1 3@1 same", "1@1 unknown 3@1 same", "1@1 2@1 3@2 same", "1@1 unknown 3@2 same")
						.contains(result);
			default -> false;
		};
	}

	/**
	 * How many steps the workflow has.
	 */
	static int steps(String name) {
		return switch (name) {
			case "plain" -> 5;
			case "flaky" -> 4;
			default -> 3;
		};
	}

	KraftEngine engine() {
		return this.engine;
	}

	private KraftEngineBuilder builder() {
		return KraftEngine.builder()
			.store(() -> RocksDbStore.open(new RocksDbOptions(this.directory.resolve("data"), true)))
			.shutdownGracePeriod(Duration.ZERO)
			.workflows(List.of(define("plain", this::plain), define("flaky", this::flaky),
					define("everything", this::everything)));
	}

	private static WorkflowDefinition define(String name, Callable<String> code) {
		return WorkflowDefinition.of(name, MethodSignature.of(String.class), (arguments) -> code.call());
	}

	private String plain() throws Exception {
		return String.join(" ", step(1), step(2), step(3), step(4), step(5));
	}

	private String flaky() throws Exception {
		String first = step(1);
		String second = step(2, SHORT, Delivery.AT_LEAST_ONCE, () -> {
			if (StepContext.current().attempt() < 3) {
				throw new IOException("down");
			}
		});
		this.workflow.sleep(Duration.ofMillis(20));
		String third = this.workflow.sideEffect("third", String.class, () -> enterSideEffect(3));
		return String.join(" ", first, second, third, step(4));
	}

	private String everything() throws Exception {
		Instant begun = this.workflow.now();
		UUID uuid = this.workflow.randomUuid();
		this.workflow.state().set("uuid", uuid);
		String first = step(1);
		String second = once();
		this.workflow.sleep(Duration.ofMillis(30));
		boolean waitsLong = Math.floorMod(this.workflow.workflowId().hashCode(), 8) == 0;
		String third = step(3, SHORT, Delivery.AT_LEAST_ONCE, () -> {
			if (waitsLong && StepContext.current().attempt() == 1) {
				throw new RetryableStepException("later", Duration.ofMillis(1100));
			}
		});
		boolean same = this.workflow.state().get("uuid", UUID.class).filter(uuid::equals).isPresent()
				&& !this.workflow.now().isBefore(begun.plusMillis(30));
		return String.join(" ", first, second, third, same ? "same" : "different");
	}

	private String once() throws Exception {
		try {
			return step(2, SHORT, Delivery.AT_MOST_ONCE, () -> {
			});
		}
		catch (StepOutcomeUnknownException ex) {
			return "unknown";
		}
	}

	private String step(int ordinal) throws Exception {
		return step(ordinal, SHORT, Delivery.AT_LEAST_ONCE, () -> {
		});
	}

	private String step(int ordinal, RetryPolicy retry, Delivery delivery, Body body) throws Exception {
		StepDefinition step = StepDefinition.of("step-" + ordinal, MethodSignature.of(String.class), retry)
			.withDelivery(delivery);
		try {
			return String.valueOf(this.engine.calls().step(step, new Object[0], () -> {
				String entered = enter(ordinal);
				body.run();
				return entered;
			}));
		}
		catch (Exception | Error ex) {
			throw ex;
		}
		catch (Throwable ex) {
			throw new IllegalStateException(ex);
		}
	}

	private String enterSideEffect(int ordinal) {
		this.effects
			.append(new Effect(this.life, this.workflow.workflowId(), ordinal, 1, "side-effect-" + ordinal).line());
		return ordinal + "@1";
	}

	private String enter(int ordinal) {
		StepContext step = StepContext.current();
		this.effects
			.append(new Effect(this.life, step.workflowId(), ordinal, step.attempt(), step.idempotencyKey()).line());
		return ordinal + "@" + step.attempt();
	}

	/**
	 * What a step does besides being entered.
	 */
	@FunctionalInterface
	private interface Body {

		void run() throws Exception;

	}

}

package io.kraft.engine.kill;

import java.io.IOException;
import java.time.Duration;
import java.util.function.Supplier;

import io.kraft.engine.KraftEngine;
import io.kraft.engine.definition.Compensation;
import io.kraft.engine.definition.MethodSignature;
import io.kraft.engine.definition.NamedStep;
import io.kraft.engine.definition.RetryPolicy;
import io.kraft.engine.definition.StepDefinition;
import io.kraft.engine.definition.WorkflowDefinition;
import io.kraft.workflow.Delivery;
import io.kraft.workflow.StepContext;
import io.kraft.workflow.WorkflowContext;
import org.jspecify.annotations.Nullable;

/**
 * Steps that write down each entry of their body before they do anything else.
 */
final class Steps {

	/** What is undone comes later than what is done, the last first. */
	static final int UNDONE = 1000;

	private static final RetryPolicy SHORT = RetryPolicy.defaults().withInitialDelay(Duration.ofMillis(4));

	private static final Body NOTHING = () -> {
	};

	private final String life;

	private final Lines effects;

	private final Marks marks;

	private final Supplier<KraftEngine> engine;

	Steps(String life, Lines effects, Marks marks, Supplier<KraftEngine> engine) {
		this.life = life;
		this.effects = effects;
		this.marks = marks;
		this.engine = engine;
	}

	String step(int ordinal) throws Exception {
		return step("", ordinal, "");
	}

	/**
	 * @param learned what its run has learned before, which no replay may change
	 */
	String step(String lane, int ordinal, String learned) throws Exception {
		return call(define(lane, ordinal), lane, ordinal, learned, NOTHING);
	}

	String step(int ordinal, Body body) throws Exception {
		return call(define("", ordinal), "", ordinal, "", body);
	}

	/**
	 * A step that is attempted twice, and may fail for good.
	 */
	String fragile(int ordinal, Body body) throws Exception {
		return call(define("", ordinal).withRetry(SHORT.withMaxAttempts(2)), "", ordinal, "", body);
	}

	/**
	 * A step that can be called by name, with a text.
	 */
	NamedStep named(int ordinal, int maxAttempts, TextBody body) {
		StepDefinition step = StepDefinition.of(Effect.name("", ordinal),
				MethodSignature.of(String.class, String.class), SHORT.withMaxAttempts(maxAttempts));
		return new NamedStep(step, "the kill test",
				(arguments) -> this.engine.get().calls().step(step, arguments, (copies) -> {
					enter("", ordinal, "");
					return body.run(String.valueOf(arguments[0]));
				}));
	}

	Marks marks() {
		return this.marks;
	}

	String stepAtMostOnce(int ordinal) throws Exception {
		return call(define("", ordinal).withDelivery(Delivery.AT_MOST_ONCE), "", ordinal, "", NOTHING);
	}

	/**
	 * A step that is undone by one that succeeds at its second attempt.
	 */
	String undoable(String lane, int ordinal) throws Exception {
		int undone = UNDONE - ordinal;
		Compensation compensation = new Compensation(define(lane, undone), (arguments, result) -> new Object[0],
				(arguments) -> {
					enter(lane, undone, "");
					if (StepContext.current().attempt() == 1) {
						throw new IOException("down");
					}
					return "undone";
				});
		return call(define(lane, ordinal).withCompensation(compensation), lane, ordinal, "", NOTHING);
	}

	String undoable(int ordinal) throws Exception {
		return undoable("", ordinal);
	}

	String sideEffect(int ordinal) {
		String run = WorkflowContext.current().workflowId();
		return WorkflowContext.current().sideEffect(Effect.name("", ordinal), String.class, () -> {
			this.effects.append(new Effect(this.life, run, "", ordinal, 0, 1, "side-effect-" + ordinal).line());
			return ordinal + "@1";
		});
	}

	/**
	 * Calls a workflow, as a proxy would.
	 */
	@Nullable String child(WorkflowDefinition workflow, Object... arguments) throws Exception {
		return (String) checked(
				() -> this.engine.get().calls().workflow(workflow, arguments, () -> workflow.body().call(arguments)));
	}

	private static StepDefinition define(String lane, int ordinal) {
		return StepDefinition.of(Effect.name(lane, ordinal), MethodSignature.of(String.class), SHORT);
	}

	private String call(StepDefinition step, String lane, int ordinal, String learned, Body body) throws Exception {
		return String.valueOf(checked(() -> this.engine.get().calls().step(step, new Object[0], (copies) -> {
			String entered = enter(lane, ordinal, learned);
			body.run();
			return entered;
		})));
	}

	private String enter(String lane, int ordinal, String learned) {
		StepContext step = StepContext.current();
		this.effects.append(new Effect(this.life, step.workflowId(), lane, ordinal,
				this.marks.count(Mark.Kind.MENDING, step.workflowId()), step.attempt(), step.idempotencyKey() + learned)
			.line());
		return ordinal + "@" + step.attempt();
	}

	static @Nullable Object checked(Call call) throws Exception {
		try {
			return call.proceed();
		}
		catch (Exception | Error ex) {
			throw ex;
		}
		catch (Throwable ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * What a step does besides being entered.
	 */
	@FunctionalInterface
	interface Body {

		void run() throws Exception;

	}

	/**
	 * What a step does that is called with a text.
	 */
	@FunctionalInterface
	interface TextBody {

		String run(String text) throws Exception;

	}

	/**
	 * What may throw anything.
	 */
	@FunctionalInterface
	interface Call {

		@Nullable Object proceed() throws Throwable;

	}

}

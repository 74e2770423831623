package io.kraft.engine.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

import io.kraft.engine.KraftEngine;
import io.kraft.engine.definition.Compensation;
import io.kraft.engine.definition.MethodSignature;
import io.kraft.engine.definition.RetryPolicy;
import io.kraft.engine.definition.StepDefinition;
import io.kraft.engine.definition.WorkflowDefinition;
import io.kraft.engine.simulation.Op.Flavor;
import io.kraft.engine.simulation.World.Body;
import io.kraft.workflow.Callback;
import io.kraft.workflow.Delivery;
import io.kraft.workflow.DurableFuture;
import io.kraft.workflow.StepContext;
import io.kraft.workflow.StepFailedException;
import io.kraft.workflow.StepOutcomeUnknownException;
import io.kraft.workflow.WorkflowCancelledException;
import io.kraft.workflow.WorkflowContext;

/**
 * Executes a generated workflow. Its argument is {@code program:nonce:generation}; its
 * result begins with the nonce and ends with a digest of everything that it has learnt,
 * which its steps take as their argument, too: so a replay that learns something else is
 * found by the engine itself.
 */
final class Interpreter {

	private static final int ATTEMPTS = 3;

	private final List<List<Op>> programs;

	private final Map<String, WorkflowDefinition> workflows;

	private final World world;

	private final Supplier<KraftEngine> engine;

	private final WorkflowContext workflow = WorkflowContext.ofCallingRun();

	Interpreter(List<List<Op>> programs, Map<String, WorkflowDefinition> workflows, World world,
			Supplier<KraftEngine> engine) {
		this.programs = programs;
		this.workflows = workflows;
		this.world = world;
		this.engine = engine;
	}

	String run(String argument) throws Exception {
		String[] parts = argument.split(":", -1);
		Line line = new Line(argument, parts[1], Integer.parseInt(parts[2]), new ArrayList<>(), new ArrayList<>());
		line.execute(this.programs.get(Integer.parseInt(parts[0])));
		for (DurableFuture<String> child : line.children) {
			line.learn(outcome(child::await));
		}
		return parts[1] + "/" + parts[2] + "/" + Integer.toHexString(line.digest);
	}

	/** What a call comes to, its failures too, but for those that end the run. */
	private static String outcome(Callable<String> call) throws Exception {
		try {
			return String.valueOf(call.call());
		}
		catch (WorkflowCancelledException ex) {
			throw ex;
		}
		catch (RuntimeException ex) {
			return ex.getClass().getSimpleName();
		}
	}

	/**
	 * Code that executes one operation after another.
	 */
	private final class Line {

		private final String argument;

		private final String nonce;

		private final int generation;

		private final List<String> done;

		private final List<DurableFuture<String>> children;

		private int digest;

		Line(String argument, String nonce, int generation, List<String> done, List<DurableFuture<String>> children) {
			this.argument = argument;
			this.nonce = nonce;
			this.generation = generation;
			this.done = done;
			this.children = children;
		}

		void learn(Object value) {
			this.digest = 31 * this.digest + String.valueOf(value).hashCode();
		}

		void execute(List<Op> ops) throws Exception {
			for (Op op : ops) {
				execute(op);
			}
		}

		private void execute(Op op) throws Exception {
			WorkflowContext run = Interpreter.this.workflow;
			switch (op) {
				case Op.Step step -> step(step);
				case Op.Sleep sleep -> run.sleep(Duration.ofMillis(sleep.millis()));
				case Op.SideEffect effect -> {
					learn(run.sideEffect(effect.name(), String.class, Interpreter.this.world::nextValue));
					this.done.add(effect.name());
				}
				case Op.SetState state -> {
					run.state().set(state.name(), this.digest);
					learn(run.state().get(state.name(), Integer.class));
					this.done.add(state.name());
				}
				case Op.Publish publish -> {
					run.publish(publish.name(), this.digest);
					this.done.add(publish.name());
				}
				case Op.ReadTime time -> learn(run.now());
				case Op.DrawUuid uuid -> learn(run.randomUuid());
				case Op.Patched patched -> learn(run.patched(patched.name()));
				case Op.AwaitSignal wait -> await(wait);
				case Op.AwaitCallback wait -> {
					Callback<String> callback = run.callback(String.class);
					Interpreter.this.world.opened(callback.token(), run.workflowId());
					try {
						String value = callback.await();
						Interpreter.this.world.received(value);
						learn(value);
					}
					catch (StepFailedException ex) {
						learn("failed");
					}
				}
				case Op.Child child -> child(child);
				case Op.Branches branches -> branches(branches);
				case Op.SendSignal send -> {
					for (int number = 0; number < send.times(); number++) {
						String counted = (send.times() > 1) ? "#" + number : "";
						learn(outcome(() -> {
							String payload = "from " + run.workflowId() + " " + this.argument + " " + send.name();
							run.signal(send.target(), send.signal(), payload + counted);
							return "sent";
						}));
					}
				}
				case Op.OnFailure failure -> run.onFailure(failure.name(), () -> {
					Op.Step undo = new Op.Step("after-" + failure.name(), Flavor.PLAIN, 0, false, false, true);
					new Line(this.argument, this.nonce, this.generation, new ArrayList<>(), new ArrayList<>())
						.step(undo);
				});
				case Op.Shielded shielded -> run.nonCancellable(() -> execute(shielded.ops()));
				case Op.Fail fail -> throw new IllegalStateException(fail.name());
				case Op.ContinueAsNew next -> {
					if (this.generation < 2) {
						String program = this.argument.substring(0, this.argument.indexOf(':'));
						run.continueAsNew(program + ":" + this.nonce + ":" + (this.generation + 1));
					}
				}
			}
		}

		private void await(Op.AwaitSignal wait) {
			WorkflowContext run = Interpreter.this.workflow;
			Optional<String> payload;
			if (wait.millis() > 0) {
				payload = run.awaitSignal(wait.signal(), String.class, Duration.ofMillis(wait.millis()));
			}
			else {
				Interpreter.this.world.waitsFor(run.workflowId(), wait.signal());
				payload = Optional.of(run.awaitSignal(wait.signal(), String.class));
			}
			payload.ifPresent(Interpreter.this.world::received);
			learn(payload);
		}

		private void child(Op.Child child) throws Exception {
			WorkflowDefinition definition = Interpreter.this.workflows.get(child.workflow());
			String argument = child.program() + ":" + this.nonce + "." + this.generation + "." + child.name() + ":0";
			DurableFuture<String> future = Interpreter.this.workflow.startChild(() -> {
				try {
					return (String) Interpreter.this.engine.get()
						.calls()
						.workflow(definition, new Object[] { argument }, () -> "");
				}
				catch (Exception | Error ex) {
					throw ex;
				}
				catch (Throwable ex) {
					throw new IllegalStateException(ex);
				}
			});
			if (child.awaited()) {
				learn(outcome(future::await));
			}
			else {
				this.children.add(future);
			}
		}

		private void branches(Op.Branches branches) {
			List<Callable<Integer>> calls = new ArrayList<>();
			for (List<Op> ops : branches.branches()) {
				calls.add(() -> {
					Line line = new Line(this.argument, this.nonce, this.generation, new ArrayList<>(this.done),
							new ArrayList<>());
					line.digest = this.digest;
					line.execute(ops);
					for (DurableFuture<String> child : line.children) {
						line.learn(outcome(child::await));
					}
					return line.digest;
				});
			}
			learn(Interpreter.this.workflow.parallel(calls));
		}

		private void step(Op.Step step) throws Exception {
			try {
				learn(call(definition(step), step));
				this.done.add(step.name());
			}
			catch (StepOutcomeUnknownException ex) {
				learn("unknown");
			}
			catch (IllegalStateException ex) {
				if (!step.caught()) {
					throw ex;
				}
				learn(ex.getMessage());
			}
		}

		private Object call(StepDefinition definition, Op.Step step) throws Exception {
			List<String> before = List.copyOf(this.done);
			try {
				return Interpreter.this.engine.get()
					.calls()
					.step(definition, new Object[] { this.argument + " " + this.digest },
							(copies) -> Interpreter.this.body(step, this.argument, before));
			}
			catch (Exception | Error ex) {
				throw ex;
			}
			catch (Throwable ex) {
				throw new IllegalStateException(ex);
			}
		}

		private StepDefinition definition(Op.Step step) {
			RetryPolicy retry = RetryPolicy.defaults()
				.withMaxAttempts(ATTEMPTS)
				.withInitialDelay(Duration.ofMillis(step.slow() ? 8_000 : 20));
			StepDefinition definition = StepDefinition.of(step.name(), MethodSignature.of(String.class, String.class),
					retry);
			return switch (step.flavor()) {
				case PLAIN -> definition;
				case AT_MOST_ONCE -> definition.withDelivery(Delivery.AT_MOST_ONCE);
				case COMPENSATED -> {
					StepDefinition undo = StepDefinition.of("undo-" + step.name(),
							MethodSignature.of(String.class, String.class), RetryPolicy.defaults());
					yield definition.withCompensation(
							new Compensation(undo, (arguments, result) -> new Object[] { result }, (arguments) -> {
								Interpreter.this.enter(this.argument, false, List.of());
								return "undone";
							}));
				}
			};
		}

	}

	private String body(Op.Step step, String argument, List<String> before) throws InterruptedException {
		int attempts = enter(argument, step.flavor() == Flavor.AT_MOST_ONCE, before);
		if (step.gated()) {
			this.world.gate();
		}
		if (attempts <= step.failures()) {
			throw new IllegalStateException(step.name() + " failed " + attempts);
		}
		return this.world.nextValue();
	}

	private int enter(String argument, boolean atMostOnce, List<String> before) {
		StepContext context = StepContext.current();
		return this.world.enter(new Body(context.workflowId(), argument, context.stepName(), context.idempotencyKey(),
				context.attempt(), atMostOnce), before);
	}

}

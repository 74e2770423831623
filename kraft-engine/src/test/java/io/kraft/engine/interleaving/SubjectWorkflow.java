package io.kraft.engine.interleaving;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import io.kraft.client.WorkflowStatus;
import io.kraft.engine.definition.MethodSignature;
import io.kraft.engine.definition.ResultStyle;
import io.kraft.engine.definition.RetryPolicy;
import io.kraft.engine.definition.StepDefinition;
import io.kraft.engine.definition.WorkflowDefinition;
import io.kraft.engine.journal.JournalCodec;
import io.kraft.engine.journal.JournalEntry;
import io.kraft.engine.journal.JournalEntry.StepCompleted;
import io.kraft.engine.journal.JournalEntry.StepIntended;
import io.kraft.engine.journal.Outcome;
import io.kraft.engine.store.RunRow;
import io.kraft.engine.testing.ProxiedWorkflow;
import io.kraft.workflow.Callback;
import io.kraft.workflow.Delivery;
import io.kraft.workflow.KraftException;
import io.kraft.workflow.StepFailedException;
import io.kraft.workflow.WorkflowContext;
import org.jspecify.annotations.Nullable;

/**
 * A workflow that does what it is told: each of its steps waits for a command, which the
 * workflow then executes. What it has received is its result. Each body checks on entry
 * that what is to be durable before is so.
 */
final class SubjectWorkflow {

	private final WorkflowContext workflow = WorkflowContext.ofCallingRun();

	private final Stage stage;

	private final ProxiedWorkflow subject;

	private final ProxiedWorkflow child;

	private final Map<String, String> tokens = new ConcurrentHashMap<>();

	private final Set<String> awaitingSignal = ConcurrentHashMap.newKeySet();

	private final Set<String> sealed = ConcurrentHashMap.newKeySet();

	private final List<String> violations = new CopyOnWriteArrayList<>();

	private volatile boolean broken;

	/**
	 * Defines the workflows in the engine of a stage.
	 * @param limited whether one run at a time may execute
	 */
	SubjectWorkflow(Stage stage, boolean limited) {
		this.stage = stage;
		MethodSignature signature = MethodSignature.of(String.class, String.class);
		this.subject = ProxiedWorkflow.define(
				stage.engine(), (body) -> new WorkflowDefinition("subject", 1, signature, ResultStyle.PLAIN,
						(arguments) -> Stage.ID, null, null, limited ? 1 : 0, body, null),
				(arguments) -> execute((String) arguments[0]));
		this.child = ProxiedWorkflow.define(stage.engine(), "child", signature, ResultStyle.PLAIN,
				(arguments) -> arguments[0] + ".child", (arguments) -> {
					step("work", () -> this.stage.gates().await(arguments[0] + ".child", this.stage.work()));
					return "done";
				});
		stage.engine()
			.workflow("parent", String.class,
					(label) -> this.workflow.startChild(() -> this.subject.<String>call(label)).await());
	}

	/**
	 * The tokens of open callbacks by the run's id.
	 */
	Map<String, String> tokens() {
		return this.tokens;
	}

	/**
	 * The ids of runs that wait for a signal.
	 */
	Set<String> awaitingSignal() {
		return this.awaitingSignal;
	}

	/**
	 * What went against the promises while bodies were entered.
	 */
	List<String> violations() {
		return this.violations;
	}

	/**
	 * Pauses runs as a class that is missing does.
	 */
	void breakDown(boolean broken) {
		this.broken = broken;
	}

	/**
	 * From here on no step of the run may be entered.
	 */
	void seal(RunRow run) {
		this.sealed.add(run.id() + "/" + run.number());
	}

	private String execute(String argument) throws Exception {
		String id = this.workflow.workflowId();
		String[] parts = argument.split("\\|", -1);
		int generation = (parts.length > 1) ? Integer.parseInt(parts[1]) : 0;
		List<String> received = new ArrayList<>((parts.length > 2) ? List.of(parts[2].split(",")) : List.of());
		for (int i = 0;; i++) {
			String prefix = "next " + generation + ".";
			String before = (i > 0) ? prefix + (i - 1) : null;
			String name = prefix + i;
			String command = step(name, () -> {
				checkEntry(id, name, before);
				String given = this.stage.gates().await(id, this.stage.work());
				if (given.equals("fail")) {
					throw new IllegalStateException("told to fail");
				}
				return given;
			});
			if (this.broken) {
				throw new NoClassDefFoundError("a class that is missing for a while");
			}
			switch (command) {
				case "step" -> received.add("step");
				case "once" -> received.add(once(id, "once " + generation + "." + i));
				case "side" -> received.add(this.workflow.sideEffect("side", String.class, () -> "side"));
				case "signal" -> {
					this.awaitingSignal.add(id);
					received.add("signal " + this.workflow.awaitSignal("s", String.class));
					this.awaitingSignal.remove(id);
				}
				case "sleep" -> this.workflow.sleep(Stage.WAIT);
				case "callback" -> received.add(callback(id));
				case "child" -> received.add("child " + this.child.<String>call(id));
				case "continue" ->
					this.workflow.continueAsNew(parts[0] + "|" + (generation + 1) + "|" + String.join(",", received));
				case "end" -> {
					return parts[0] + received;
				}
				default -> {
					drain(received);
					return parts[0] + received;
				}
			}
		}
	}

	private String callback(String id) {
		Callback<String> callback = this.workflow.callback(String.class);
		this.tokens.put(id, callback.token());
		try {
			return "callback " + callback.await();
		}
		catch (StepFailedException ex) {
			return "callback failed";
		}
	}

	private void drain(List<String> received) {
		Optional<String> signal = this.workflow.awaitSignal("s", String.class, Duration.ofMillis(1));
		while (signal.isPresent()) {
			received.add("signal " + signal.get());
			signal = this.workflow.awaitSignal("s", String.class, Duration.ofMillis(1));
		}
	}

	private String once(String id, String name) {
		return this.stage.engine().step(definition(name).withDelivery(Delivery.AT_MOST_ONCE), () -> {
			if (journal(id).stream()
				.noneMatch((entry) -> entry instanceof StepIntended intended && intended.step().equals(name))) {
				this.violations.add("step '" + name + "' of '" + id + "' was entered, and its intent is not durable");
			}
			return "once";
		});
	}

	private String step(String name, Callable<String> body) {
		return this.stage.engine().step(definition(name), body);
	}

	private static StepDefinition definition(String name) {
		return StepDefinition.of(name, MethodSignature.of(String.class), RetryPolicy.none());
	}

	private void checkEntry(String id, String name, @Nullable String before) {
		RunRow row;
		List<JournalEntry> journal;
		try {
			row = this.stage.storeOf(id).run(id).orElse(null);
			journal = journal(id);
		}
		catch (KraftException ex) {
			// The engine was crashed.
			return;
		}
		if (row == null) {
			this.violations.add("step '" + name + "' of '" + id + "' was entered, and there is no such run");
			return;
		}
		if (row.status() == WorkflowStatus.TERMINATED && this.sealed.contains(id + "/" + row.number())) {
			this.violations.add("step '" + name + "' of '" + id + "' was entered after its termination");
		}
		if (before != null && !hasSucceeded(journal, before)) {
			this.violations
				.add("step '" + name + "' of '" + id + "' was entered, and '" + before + "' is not durable: " + row);
		}
		if (hasSucceeded(journal, name)) {
			this.violations.add("step '" + name + "' of '" + id + "' was entered again");
		}
	}

	private static boolean hasSucceeded(List<JournalEntry> journal, String step) {
		return journal.stream()
			.anyMatch((entry) -> entry instanceof StepCompleted completed && completed.step().equals(step)
					&& completed.outcome() instanceof Outcome.Success);
	}

	private List<JournalEntry> journal(String id) {
		List<JournalEntry> journal = new ArrayList<>();
		this.stage.storeOf(id)
			.run(id)
			.ifPresent((row) -> this.stage.storeOf(id)
				.journal(row.number(), 0, (entry) -> journal.add(JournalCodec.decode(entry))));
		return journal;
	}

}

package io.kraft.engine.kill;

import java.time.Duration;
import java.util.List;
import java.util.Set;

import io.kraft.engine.definition.MethodSignature;
import io.kraft.engine.definition.WorkflowDefinition;
import io.kraft.workflow.DurableFuture;
import io.kraft.workflow.WorkflowContext;
import org.jspecify.annotations.Nullable;

/**
 * Work at once: branches, races and children.
 */
final class BranchScenarios {

	private final WorkflowContext workflow = WorkflowContext.ofCallingRun();

	private final Steps steps;

	private final Scenario worker;

	BranchScenarios(Steps steps) {
		this.steps = steps;
		this.worker = new Scenario(
				WorkflowDefinition.of("worker", MethodSignature.of(String.class, String.class), this::work),
				(id, end) -> Set.of("good 1@1 2@1", "FAILED bad").contains(end), 0);
	}

	List<Scenario> all() {
		return List.of(
				Scenario.of("branches", this::branch, "1@1 [a2@1, b2@1, c2@1] 4@1 x 5@1 7@1 6@1 8@1",
						"1@1 [a2@1, b2@1, c2@1] 4@1 y 5@1 7@1 6@1 8@1"),
				Scenario.of("family", this::startFamily, "1@1 good 1@1 2@1 [good 1@1 2@1, good 1@1 2@1] bad 2@1")
					.withChildren(4),
				this.worker);
	}

	private String branch() throws Exception {
		String first = this.steps.step(1);
		List<String> lanes = this.workflow
			.parallel(List.of(() -> lane("a", 11), () -> lane("b", 1), () -> lane("c", 5)));
		String joined = this.steps.step("", 4, "");
		String winner = race();
		String raced = this.steps.step("", 5, winner);
		String nested = this.workflow.async(this::nest).await();
		return String.join(" ", first, lanes.toString(), joined, winner, raced, nested, this.steps.step(8));
	}

	private String lane(String lane, int millis) throws Exception {
		String done = this.steps.step(lane, 2, "");
		this.workflow.sleep(Duration.ofMillis(millis));
		this.steps.step(lane, 3, "");
		return lane + done;
	}

	/** The loser goes on, and is cancelled when the workflow returns. */
	private String race() throws Exception {
		DurableFuture<String> x = this.workflow.async(() -> racer("x", 3));
		DurableFuture<String> y = this.workflow.async(() -> racer("y", 4));
		DurableFuture<String> loser = this.workflow.async(() -> {
			throw new IllegalStateException("never");
		});
		return DurableFuture.firstSuccess(loser, DurableFuture.anyOf(x, y)).await();
	}

	private String racer(String lane, int millis) throws Exception {
		this.workflow.sleep(Duration.ofMillis(millis));
		this.steps.step(lane, 100, "");
		return lane;
	}

	private String nest() throws Exception {
		DurableFuture<String> inner = this.workflow.async(() -> {
			this.workflow.sleep(Duration.ofMillis(5));
			return this.steps.step("n", 6, "");
		});
		String outer = this.steps.step("m", 7, "");
		return outer + " " + inner.await();
	}

	private String startFamily() throws Exception {
		String first = this.steps.step(1);
		String called = this.steps.child(this.worker.workflow(), "good");
		DurableFuture<@Nullable String> a = start("good");
		DurableFuture<@Nullable String> b = start("good");
		DurableFuture<@Nullable String> bad = start("bad");
		List<@Nullable String> both = DurableFuture.<@Nullable String>allOf(a, b).await();
		String failure = "none";
		try {
			bad.await();
		}
		catch (IllegalStateException ex) {
			failure = String.valueOf(ex.getMessage());
		}
		return String.join(" ", first, called, both.toString(), failure, this.steps.step("", 2, failure));
	}

	private DurableFuture<@Nullable String> start(String argument) {
		return this.workflow.<@Nullable String>startChild(() -> this.steps.child(this.worker.workflow(), argument));
	}

	private String work(@Nullable Object[] arguments) throws Exception {
		String first = this.steps.step(1);
		this.workflow.sleep(Duration.ofMillis(5));
		if ("bad".equals(arguments[0])) {
			throw new IllegalStateException("bad");
		}
		return String.join(" ", String.valueOf(arguments[0]), first, this.steps.step(2));
	}

}

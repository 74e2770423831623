package io.kraft.sample.demo;

import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;

import io.kraft.sample.outside.EffectsLog;
import io.kraft.workflow.Step;
import io.kraft.workflow.StepContext;
import io.kraft.workflow.Workflow;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Ten items, and a process that dies at the fifth, at the worst moment: the effect has
 * happened, and it is not recorded. The next process begins with the fifth, and its
 * idempotency key keeps the effect from happening twice.
 */
@Component("checkpoint")
class CheckpointDemo implements KilledDemo {

	private final EffectsLog effects;

	private final DemoOutput output;

	private final int crashAt;

	CheckpointDemo(EffectsLog effects, DemoOutput output, @Value("${demo.crash-at:0}") int crashAt) {
		this.effects = effects;
		this.output = output;
		this.crashAt = crashAt;
	}

	@Override
	public void run() throws Exception {
		try (DemoDirectory directory = new DemoDirectory()) {
			try (DemoProcess first = new DemoProcess("checkpoint", directory, "--demo.crash-at=5")) {
				this.output.print("First process: " + first.readAll());
				this.output.print("It has crashed, its exit code is " + first.exitCode());
			}
			try (DemoProcess second = new DemoProcess("checkpoint", directory)) {
				this.output.print("Second process: " + second.readAll());
			}
			List<String> effects = directory.effects();
			this.output
				.print("Effects: %d, different ones: %d".formatted(effects.size(), new HashSet<>(effects).size()));
		}
	}

	@Override
	public void runUntilKilled() {
		List<String> results = importAll(IntStream.rangeClosed(1, 10).boxed().toList());
		this.output.print("%d results from %s to %s".formatted(new HashSet<>(results).size(), results.getFirst(),
				results.getLast()));
	}

	@Workflow(name = "import", id = "'import'")
	List<String> importAll(List<Integer> items) {
		return items.stream().map(this::importOne).toList();
	}

	@Step
	String importOne(int item) {
		this.effects.once(StepContext.current().idempotencyKey(), "import", "item-" + item);
		this.output.print("item " + item);
		if (item == this.crashAt) {
			Runtime.getRuntime().halt(137);
		}
		return "row-" + item;
	}

}

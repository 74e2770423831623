package io.kraft.sample.demo;

import java.util.List;

import io.kraft.sample.outside.EffectsLog;
import io.kraft.workflow.Step;
import io.kraft.workflow.StepContext;
import io.kraft.workflow.Workflow;

import org.springframework.stereotype.Component;

/**
 * A counter whose process is killed half way. The next process continues counting where
 * the first one was: the counter is the variable of a plain loop.
 */
@Component("counter")
class CounterDemo implements KilledDemo {

	private static final String BREATH = "a long breath";

	private final EffectsLog effects;

	private final DemoOutput output;

	CounterDemo(EffectsLog effects, DemoOutput output) {
		this.effects = effects;
		this.output = output;
	}

	@Override
	public void run() throws Exception {
		try (DemoDirectory directory = new DemoDirectory()) {
			try (DemoProcess first = new DemoProcess("counter", directory)) {
				List<String> lines = first.readUntil(BREATH);
				first.kill();
				this.output.print("First process: " + lines);
				this.output.print("It is killed, its exit code is " + first.exitCode());
			}
			try (DemoProcess second = new DemoProcess("counter", directory)) {
				this.output.print("Second process: " + second.readAll());
			}
			this.output.print("Effects of both: " + directory.effects());
		}
	}

	/**
	 * The second process finds the run of the first one by its id, and waits for its end.
	 */
	@Override
	public void runUntilKilled() throws InterruptedException {
		count();
	}

	@Workflow(name = "count", id = "'counter'")
	void count() throws InterruptedException {
		for (int number = 1; number <= 10; number++) {
			say(number);
			if (number == 5) {
				breathe();
			}
		}
	}

	@Step
	void say(int number) {
		this.effects.once(StepContext.current().idempotencyKey(), "say", String.valueOf(number));
		this.output.print(String.valueOf(number));
	}

	/**
	 * The first process is killed meanwhile. The step has no outcome then, and is entered
	 * again by the second one.
	 */
	@Step
	void breathe() throws InterruptedException {
		this.output.print(BREATH);
		Thread.sleep(2000);
	}

}

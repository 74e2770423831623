package io.kraft.sample.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.kraft.workflow.Workflow;
import io.kraft.workflow.WorkflowContext;

import org.springframework.stereotype.Component;

/**
 * Durable sleeps. They may be as long as you like: the run is on the disk meanwhile.
 */
@Component("timer")
class TimerDemo implements Demo {

	private final WorkflowContext workflow;

	private final DemoOutput output;

	TimerDemo(WorkflowContext workflow, DemoOutput output) {
		this.workflow = workflow;
		this.output = output;
	}

	@Override
	public void run() {
		List<Duration> naps = List.of(Duration.ofMillis(100), Duration.ofMillis(200), Duration.ofMillis(300));
		Duration slept = sleep(naps);
		this.output.print("At least 600 ms in all: " + (slept.compareTo(Duration.ofMillis(600)) >= 0));
	}

	@Workflow(name = "sleeper")
	Duration sleep(List<Duration> naps) {
		Instant start = this.workflow.now();
		for (Duration nap : naps) {
			Instant due = this.workflow.now().plus(nap);
			this.workflow.sleep(nap);
			boolean early = this.workflow.now().isBefore(due);
			this.output.print("Slept %d ms, woken early: %s".formatted(nap.toMillis(), early));
		}
		return Duration.between(start, this.workflow.now());
	}

}

package io.kraft.sample.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;

import io.kraft.workflow.Step;
import io.kraft.workflow.Workflow;
import io.kraft.workflow.WorkflowContext;

import org.springframework.stereotype.Component;

/**
 * Ten tasks in parallel, and their results in order.
 */
@Component("fan-out")
class FanOutDemo implements Demo {

	private static final int TASKS = 10;

	/** Opens when all tasks are there: one after the other, they would wait in vain. */
	private final CyclicBarrier allAtOnce = new CyclicBarrier(TASKS);

	private final WorkflowContext workflow;

	private final DemoOutput output;

	FanOutDemo(WorkflowContext workflow, DemoOutput output) {
		this.workflow = workflow;
		this.output = output;
	}

	@Override
	public void run() {
		List<Integer> squares = squares(TASKS);
		this.output.print("Squares: " + squares);
		this.output.print("Their sum: " + squares.stream().mapToInt(Integer::intValue).sum());
	}

	@Workflow(name = "squares")
	List<Integer> squares(int tasks) {
		List<Callable<Integer>> calls = new ArrayList<>();
		for (int task = 1; task <= tasks; task++) {
			int number = task;
			calls.add(() -> square(number));
		}
		return this.workflow.parallel(calls);
	}

	@Step
	int square(int number) throws Exception {
		this.allAtOnce.await(10, TimeUnit.SECONDS);
		return number * number;
	}

}

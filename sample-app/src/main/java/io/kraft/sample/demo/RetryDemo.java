package io.kraft.sample.demo;

import java.net.ConnectException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;

import io.kraft.workflow.Retry;
import io.kraft.workflow.Step;
import io.kraft.workflow.StepContext;
import io.kraft.workflow.Workflow;
import io.kraft.workflow.WorkflowContext;

import org.springframework.stereotype.Component;

/**
 * Ten endpoints. The third one is slow to wake up, the seventh never answers. Failed
 * calls are repeated, with waits that grow.
 */
@Component("retry")
class RetryDemo implements Demo {

	/** In milliseconds. */
	private final List<Long> callsOfTheSeventh = new CopyOnWriteArrayList<>();

	private final WorkflowContext workflow;

	private final DemoOutput output;

	RetryDemo(WorkflowContext workflow, DemoOutput output) {
		this.workflow = workflow;
		this.output = output;
	}

	@Override
	public void run() {
		callAll(10).forEach(this.output::print);
		for (int call = 1; call < this.callsOfTheSeventh.size(); call++) {
			long wait = this.callsOfTheSeventh.get(call) - this.callsOfTheSeventh.get(call - 1);
			long atLeast = 50L << (call - 1);
			this.output.print("Wait %d of endpoint 7, at least %d ms: %s".formatted(call, atLeast, wait >= atLeast));
		}
	}

	@Workflow(name = "call-endpoints")
	List<String> callAll(int endpoints) {
		List<Callable<String>> calls = new ArrayList<>();
		for (int i = 1; i <= endpoints; i++) {
			int endpoint = i;
			calls.add(() -> answerOf(endpoint));
		}
		return this.workflow.parallel(calls);
	}

	private String answerOf(int endpoint) {
		try {
			return call(endpoint);
		}
		catch (ConnectException ex) {
			return "endpoint %d: given up, %s".formatted(endpoint, ex.getMessage());
		}
	}

	@Step(retry = @Retry(maxAttempts = 4, initialDelay = "50ms", multiplier = 2, jitter = 0))
	String call(int endpoint) throws ConnectException {
		int attempt = StepContext.current().attempt();
		if (endpoint == 7) {
			this.callsOfTheSeventh.add(System.currentTimeMillis());
		}
		if (endpoint == 7 || (endpoint == 3 && attempt < 3)) {
			throw new ConnectException("no answer at attempt " + attempt);
		}
		return "endpoint %d: answer at attempt %d".formatted(endpoint, attempt);
	}

}

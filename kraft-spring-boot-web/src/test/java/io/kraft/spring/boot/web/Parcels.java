package io.kraft.spring.boot.web;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.kraft.workflow.Callback;
import io.kraft.workflow.NonRetryableStepException;
import io.kraft.workflow.Schedule;
import io.kraft.workflow.Step;
import io.kraft.workflow.Workflow;
import io.kraft.workflow.WorkflowContext;

/**
 * The workflows of the application under test.
 */
class Parcels {

	private final WorkflowContext context;

	Parcels(WorkflowContext context) {
		this.context = context;
	}

	/** Of callbacks, by the id of their run: no view of a run has them. */
	static final Map<String, String> TOKENS = new ConcurrentHashMap<>();

	record Parcel(String to, int weight, List<String> contents) {

	}

	/** Ends at once. */
	@Workflow(name = "weigh")
	BigDecimal weigh(Parcel parcel, BigDecimal factor) {
		return factor.multiply(BigDecimal.valueOf(measure(parcel)));
	}

	@Step
	int measure(Parcel parcel) {
		return parcel.weight();
	}

	/** Ends when it is told to. */
	@Workflow(name = "deliver")
	Map<String, Object> deliver(String to) {
		Object signed = this.context.awaitSignal("signed", Object.class);
		return Map.of("to", to, "signed", signed);
	}

	/** Waits for a number. */
	@Workflow(name = "scale")
	int scale() {
		return this.context.awaitSignal("grams", Integer.class);
	}

	/** Waits for a callback. */
	@Workflow(name = "customs")
	Object customs() {
		Callback<Object> callback = this.context.callback(Object.class);
		TOKENS.put(this.context.workflowId(), callback.token());
		return callback.await();
	}

	/** Has the id that it is given. */
	@Workflow(name = "label", id = "#text")
	String label(String text) {
		return text;
	}

	@Workflow(name = "lose")
	void lose() {
		throw new IllegalStateException("lost at sea");
	}

	/** Begins anew until it was told often enough. */
	@Workflow(name = "tour")
	String tour(int stops) {
		if (stops == 0) {
			return "home";
		}
		this.context.awaitSignal("go");
		return this.context.continueAsNew(stops - 1);
	}

	@Workflow(name = "collect")
	@Schedule(every = "1h")
	void collect() {
		this.context.sleep(Duration.ofDays(1));
	}

	@Step(name = "stamp")
	void stamp(String text) {
		throw new NonRetryableStepException("no ink");
	}

}

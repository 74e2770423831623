package io.kraft.sample.demo;

import io.kraft.client.WorkflowClient;
import io.kraft.client.WorkflowHandle;
import io.kraft.workflow.Workflow;
import io.kraft.workflow.WorkflowContext;

import org.springframework.stereotype.Component;

/**
 * An order as a state machine: events are signals, and the present state is published for
 * callers.
 */
@Component("order-state")
class OrderStateDemo implements Demo {

	private final WorkflowClient client;

	private final WorkflowContext workflow;

	private final DemoOutput output;

	OrderStateDemo(WorkflowClient client, WorkflowContext workflow, DemoOutput output) {
		this.client = client;
		this.workflow = workflow;
		this.output = output;
	}

	@Override
	public void run() {
		WorkflowHandle<State> order = this.client.start(() -> process("lamp"));
		order.signal("event", Event.SHIP);
		order.signal("event", Event.PAY);
		order.signal("event", Event.SHIP);
		order.signal("event", Event.CANCEL);
		order.signal("event", Event.DELIVER);
		order.result();
		this.output.print("Published: " + order.published("state", State.class).orElseThrow());
	}

	@Workflow(name = "order-states", id = "'order-of-' + #item")
	State process(String item) {
		State state = State.NEW;
		while (!state.isFinal()) {
			this.workflow.publish("state", state);
			Event event = this.workflow.awaitSignal("event", Event.class);
			State next = state.on(event);
			this.output.print("%s, %s -> %s".formatted(state, event, (next != state) ? next : "refused"));
			state = next;
		}
		this.workflow.publish("state", state);
		return state;
	}

	enum Event {

		PAY, SHIP, DELIVER, CANCEL

	}

	enum State {

		NEW, PAID, SHIPPED, DELIVERED, CANCELLED;

		/**
		 * The state after an event: the same if the event is not possible.
		 */
		State on(Event event) {
			return switch (event) {
				case PAY -> (this == NEW) ? PAID : this;
				case SHIP -> (this == PAID) ? SHIPPED : this;
				case DELIVER -> (this == SHIPPED) ? DELIVERED : this;
				case CANCEL -> (this == NEW || this == PAID) ? CANCELLED : this;
			};
		}

		boolean isFinal() {
			return this == DELIVERED || this == CANCELLED;
		}

	}

}

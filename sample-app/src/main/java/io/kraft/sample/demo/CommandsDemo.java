package io.kraft.sample.demo;

import java.util.List;
import java.util.Locale;

import io.kraft.client.WorkflowClient;
import io.kraft.client.WorkflowHandle;
import io.kraft.workflow.Callback;
import io.kraft.workflow.Step;
import io.kraft.workflow.StepFailedException;
import io.kraft.workflow.Workflow;
import io.kraft.workflow.WorkflowContext;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * An operator sends commands to a device. Each brings the token of a callback, by which
 * its result comes back.
 */
@Component("commands")
class CommandsDemo implements Demo {

	private final WorkflowClient client;

	private final WorkflowContext workflow;

	private final DemoOutput output;

	CommandsDemo(WorkflowClient client, WorkflowContext workflow, DemoOutput output) {
		this.client = client;
		this.workflow = workflow;
		this.output = output;
	}

	@Override
	public void run() {
		WorkflowHandle<@Nullable Void> device = this.client.start(() -> obey("device-1"));
		operate(device.id(), List.of("add 2 3", "upper kraft", "fly", "off"));
		device.result();
		this.output.print("device-1 is " + device.status());
	}

	@Workflow(name = "operator")
	void operate(String device, List<String> commands) {
		for (String command : commands) {
			Callback<String> reply = this.workflow.callback(String.class);
			this.workflow.signal(device, "command", new Command(command, reply.token()));
			this.output.print("%s -> %s".formatted(command, resultOf(reply)));
		}
	}

	private String resultOf(Callback<String> reply) {
		try {
			return reply.await();
		}
		catch (StepFailedException ex) {
			return "refused, " + ex.getMessage();
		}
	}

	@Workflow(name = "device", id = "#name")
	void obey(String name) {
		Command command;
		do {
			command = this.workflow.awaitSignal("command", Command.class);
			execute(command);
		}
		while (!command.text().equals("off"));
	}

	/**
	 * A second attempt answers a second time, which has no effect.
	 */
	@Step
	void execute(Command command) {
		String[] words = command.text().split(" ", 3);
		switch (words[0]) {
			case "add" -> this.client.complete(command.replyTo(),
					String.valueOf(Integer.parseInt(words[1]) + Integer.parseInt(words[2])));
			case "upper" -> this.client.complete(command.replyTo(), words[1].toUpperCase(Locale.ROOT));
			case "off" -> this.client.complete(command.replyTo(), "good bye");
			default -> this.client.fail(command.replyTo(), "it cannot " + words[0]);
		}
	}

	record Command(String text, String replyTo) {
	}

}

package io.kraft.sample.demo;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import io.kraft.client.WorkflowClient;
import io.kraft.client.WorkflowHandle;
import io.kraft.workflow.Workflow;
import io.kraft.workflow.WorkflowContext;

import org.springframework.stereotype.Component;

/**
 * A chat room is a run; what happens in it are signals of three speakers. Who is present
 * is a local variable, which a crash does not forget.
 */
@Component("chat")
class ChatDemo implements Demo {

	private final WorkflowClient client;

	private final WorkflowContext workflow;

	private final DemoOutput output;

	ChatDemo(WorkflowClient client, WorkflowContext workflow, DemoOutput output) {
		this.client = client;
		this.workflow = workflow;
		this.output = output;
	}

	@Override
	public void run() {
		WorkflowHandle<Map<String, Integer>> room = this.client.start(() -> host("room-1"));
		room.signal("message", new Joined("Ada"));
		room.signal("message", new Joined("Grace"));
		room.signal("message", new Joined("Linus"));
		room.signal("message", new Said("Ada", "Does it survive a crash?"));
		room.signal("message", new Said("Grace", "Every line of it."));
		String messageId = "linus-1"; // Linus has a bad line, and sends it twice.
		this.client.signal(room.id(), "message", new Said("Linus", "Me too?"), messageId);
		this.client.signal(room.id(), "message", new Said("Linus", "Me too?"), messageId);
		room.signal("message", new Left("Linus"));
		room.signal("message", new Said("Ada", "Then good night."));
		room.signal("message", new Left("Ada"));
		room.signal("message", new Left("Grace"));
		this.output.print("Lines of each speaker: " + room.result());
	}

	@Workflow(name = "chat-room", id = "#room")
	Map<String, Integer> host(String room) {
		Set<String> present = new TreeSet<>();
		Map<String, Integer> lines = new TreeMap<>();
		do {
			switch (this.workflow.awaitSignal("message", Message.class)) {
				case Joined(String speaker) -> {
					present.add(speaker);
					this.output.print("* %s joins %s".formatted(speaker, room));
				}
				case Said(String speaker, String text) -> {
					lines.merge(speaker, 1, Integer::sum);
					this.output.print("%s: %s".formatted(speaker, text));
				}
				case Left(String speaker) -> {
					present.remove(speaker);
					this.output.print("* %s leaves, %s stay".formatted(speaker, present));
				}
			}
		}
		while (!present.isEmpty());
		return lines;
	}

	sealed interface Message {

	}

	record Joined(String speaker) implements Message {
	}

	record Said(String speaker, String text) implements Message {
	}

	record Left(String speaker) implements Message {
	}

}

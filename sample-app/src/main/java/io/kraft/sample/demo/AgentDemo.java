package io.kraft.sample.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.kraft.workflow.Step;
import io.kraft.workflow.Workflow;

import org.springframework.stereotype.Component;

/**
 * An agent: a model chooses a tool, until it knows the answer. The model's replies and
 * the tools' results are steps, so that a crash costs no call twice, and a replay follows
 * the same thoughts.
 */
@Component("agent")
class AgentDemo implements Demo {

	private final FakeModel model;

	private final DemoOutput output;

	AgentDemo(FakeModel model, DemoOutput output) {
		this.model = model;
		this.output = output;
	}

	@Override
	public void run() {
		String question = "How much warmer is Rome than Oslo?";
		this.output.print("Question: " + question);
		this.output.print("Answer: " + answer(question));
	}

	@Workflow(name = "agent")
	String answer(String question) {
		List<String> conversation = new ArrayList<>(List.of(question));
		while (true) {
			switch (this.model.next(conversation)) {
				case FakeModel.ToolCall call -> conversation.add(use(call));
				case FakeModel.Answer answer -> {
					return answer.text();
				}
			}
		}
	}

	private String use(FakeModel.ToolCall call) {
		int result = switch (call.tool()) {
			case "temperature" -> temperature(call.arguments().getFirst());
			case "subtract" -> subtract(call.arguments().getFirst(), call.arguments().getLast());
			default -> throw new IllegalArgumentException("no such tool: " + call.tool());
		};
		this.output.print("%s%s = %d".formatted(call.tool(), call.arguments(), result));
		return String.valueOf(result);
	}

	@Step
	int temperature(String city) {
		return Map.of("Rome", 31, "Oslo", 18).getOrDefault(city, 20);
	}

	@Step
	int subtract(String from, String what) {
		return Integer.parseInt(from) - Integer.parseInt(what);
	}

}

package io.kraft.test.tutorial;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.kraft.test.tutorial.Model.Answer;
import io.kraft.test.tutorial.Model.ToolCall;
import io.kraft.workflow.Workflow;
import io.kraft.workflow.WorkflowContext;

import org.springframework.stereotype.Service;

@Service
class Agent {

	private static final Set<String> TOOLS = Set.of("temperature", "send-mail");

	private static final int MAX_TURNS = 20;

	private final Model model;

	private final WorkflowContext workflow;

	Agent(Model model, WorkflowContext workflow) {
		this.model = model;
		this.workflow = workflow;
	}

	@Workflow(name = "agent", id = "'chat-' + #chat", timeout = "1h")
	String answer(String chat, String question) {
		List<String> conversation = new ArrayList<>(List.of(question));
		for (int turn = 0; turn < MAX_TURNS; turn++) {
			switch (this.model.next(conversation)) {
				case ToolCall call -> conversation.add(use(call));
				case Answer answer -> {
					return answer.text();
				}
			}
		}
		throw new IllegalStateException("no answer after " + MAX_TURNS + " turns");
	}

	private String use(ToolCall call) {
		if (!TOOLS.contains(call.tool())) {
			return "There is no tool '" + call.tool() + "'.";
		}
		return this.workflow.call(call.tool(), String.class, call.argument());
	}

}

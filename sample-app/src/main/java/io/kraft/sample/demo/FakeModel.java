package io.kraft.sample.demo;

import java.util.List;

import io.kraft.workflow.Step;

import org.springframework.stereotype.Component;

/**
 * Stands for a language model: it can think about the weather only, and needs no network.
 */
@Component
class FakeModel {

	/**
	 * What to do next.
	 * @param conversation the question, followed by the results of the tools
	 */
	@Step
	Decision next(List<String> conversation) {
		return switch (conversation.size()) {
			case 1 -> new ToolCall("temperature", List.of("Rome"));
			case 2 -> new ToolCall("temperature", List.of("Oslo"));
			case 3 -> new ToolCall("subtract", List.of(conversation.get(1), conversation.get(2)));
			default -> new Answer("By %s degrees.".formatted(conversation.getLast()));
		};
	}

	sealed interface Decision {

	}

	record ToolCall(String tool, List<String> arguments) implements Decision {
	}

	record Answer(String text) implements Decision {
	}

}

package io.kraft.test.tutorial;

import java.time.Duration;
import java.util.List;

import io.kraft.test.tutorial.Model.Answer;
import io.kraft.test.tutorial.Model.Decision;
import io.kraft.test.tutorial.Model.ModelClient;
import io.kraft.test.tutorial.Model.TooManyRequestsException;
import io.kraft.test.tutorial.Model.ToolCall;

import org.springframework.stereotype.Component;

/**
 * A model that names a tool that does not exist, is busy at its third call, and counts
 * its calls.
 */
@Component
class FakeModelClient implements ModelClient {

	private int calls;

	@Override
	public synchronized Decision complete(List<String> conversation) {
		if (++this.calls == 3) {
			throw new TooManyRequestsException(Duration.ofMinutes(1));
		}
		return switch (conversation.size()) {
			case 1 -> new ToolCall("weather", "Rome");
			case 2 -> new ToolCall("temperature", "Rome");
			case 3 -> new ToolCall("send-mail", conversation.getLast() + " degrees in Rome");
			default -> new Answer("It is " + conversation.get(2) + " degrees in Rome: " + conversation.getLast());
		};
	}

	synchronized int calls() {
		return this.calls;
	}

	synchronized void reset() {
		this.calls = 0;
	}

}

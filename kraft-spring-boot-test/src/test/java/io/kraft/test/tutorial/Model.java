package io.kraft.test.tutorial;

import java.io.Serial;
import java.time.Duration;
import java.util.List;

import io.kraft.workflow.Retry;
import io.kraft.workflow.RetryableStepException;
import io.kraft.workflow.Step;

import org.springframework.stereotype.Service;

@Service
class Model {

	private final ModelClient client;

	Model(ModelClient client) {
		this.client = client;
	}

	@Step(name = "model", timeout = "2m", retry = @Retry(maxAttempts = 10, initialDelay = "1s"))
	Decision next(List<String> conversation) {
		try {
			return this.client.complete(conversation);
		}
		catch (TooManyRequestsException ex) {
			throw new RetryableStepException("the model is busy", ex.retryAfter());
		}
	}

	sealed interface Decision {

	}

	record ToolCall(String tool, String argument) implements Decision {
	}

	record Answer(String text) implements Decision {
	}

	/**
	 * The client of your model's provider.
	 */
	interface ModelClient {

		Decision complete(List<String> conversation);

	}

	static class TooManyRequestsException extends RuntimeException {

		@Serial
		private static final long serialVersionUID = 1L;

		private final Duration retryAfter;

		TooManyRequestsException(Duration retryAfter) {
			this.retryAfter = retryAfter;
		}

		Duration retryAfter() {
			return this.retryAfter;
		}

	}

}

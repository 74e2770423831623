package io.kraft.spring.boot.web;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.LongConsumer;

import io.kraft.client.MessageView;
import io.kraft.client.WorkflowClient;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.util.TokenBuffer;

import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * Lists the signals and completions that a run has not taken, and lets an operator
 * discard and replace them.
 */
final class MessageController extends ApiController {

	private static final int MAX_MESSAGES = 1000;

	/** Characters of payloads after which a page ends early. */
	private static final long ENOUGH = 4_000_000;

	private final WorkflowClient client;

	private final ShownPayloads payloads;

	MessageController(WorkflowClient client, ShownPayloads payloads) {
		this.client = client;
		this.payloads = payloads;
	}

	@GetMapping("/runs/{id}/messages")
	ResponseEntity<byte[]> list(@PathVariable String id, @RequestParam MultiValueMap<String, String> parameters) {
		int limit = Parameters.number(parameters, "limit", 1, MAX_MESSAGES, 100);
		long after = Parameters.first(parameters, "after")
			.map((text) -> number("the parameter 'after'", text))
			.orElse(0L);
		List<MessageView> waiting = this.client.messages(id)
			.stream()
			.filter((message) -> message.number() > after)
			.toList();
		int length = 0;
		long size = 0;
		while (length < Math.min(limit, waiting.size()) && size < ENOUGH) {
			size += Objects.requireNonNullElse(waiting.get(length++).payload(), "").length();
		}
		List<Message> page = waiting.subList(0, length).stream().map(this.payloads::in).map(Message::of).toList();
		return Answers.json(200, new Messages(page, (length < waiting.size()) ? page.getLast().number() : null));
	}

	@PutMapping("/runs/{id}/messages/{number}")
	ResponseEntity<byte[]> replace(@PathVariable String id, @PathVariable String number,
			@RequestBody(required = false) byte @Nullable [] body) {
		@Nullable TokenBuffer payload = WebJson.readAny(body);
		return change(number, (message) -> this.client.replaceMessage(id, message, payload));
	}

	@DeleteMapping("/runs/{id}/messages/{number}")
	ResponseEntity<byte[]> discard(@PathVariable String id, @PathVariable String number) {
		return change(number, (message) -> this.client.discardMessage(id, message));
	}

	private static ResponseEntity<byte[]> change(String number, LongConsumer action) {
		action.accept(number("the number of a message", number));
		return Answers.empty(204);
	}

	private static long number(String what, String text) {
		try {
			return Long.parseLong(text);
		}
		catch (NumberFormatException ex) {
			throw RequestRefusedException.malformed(what + " must be a whole number, as 'number' of a message is");
		}
	}

	/**
	 * Messages, in the order in which the run takes them.
	 *
	 * @param nextAfter where the next page begins; null on the last one
	 */
	record Messages(List<Message> messages, @Nullable String nextAfter) {
	}

	/**
	 * A message, with the components of {@link MessageView}.
	 *
	 * @param number a text, because JavaScript has no such large numbers
	 */
	record Message(String number, String kind, String name, Instant sentAt, int sizeBytes, @Nullable String payload,
			@Nullable String failure) {

		static Message of(MessageView view) {
			return new Message(String.valueOf(view.number()), view.kind(), view.name(), view.sentAt(), view.sizeBytes(),
					view.payload(), view.failure());
		}

	}

}

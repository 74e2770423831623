package io.kraft.spring.boot.autoconfigure.web;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.LongConsumer;

import io.kraft.client.MessageView;
import io.kraft.client.WorkflowClient;
import io.kraft.client.WorkflowEndedException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.util.TokenBuffer;

/**
 * Lists the signals and completions that a run has not taken, and lets an operator
 * discard and replace them.
 */
final class MessageEndpoints {

	private static final int MAX_MESSAGES = 1000;

	/** Characters of payloads after which a page ends early. */
	private static final long ENOUGH = 4_000_000;

	private final WorkflowClient client;

	private final ShownPayloads payloads;

	MessageEndpoints(WorkflowClient client, ShownPayloads payloads) {
		this.client = client;
		this.payloads = payloads;
	}

	List<Route> routes() {
		return List.of(Route.get("/runs/{id}/messages", this::list),
				Route.put("/runs/{id}/messages/{number}", this::replace),
				Route.delete("/runs/{id}/messages/{number}", this::discard));
	}

	private Answer list(ApiRequest request) {
		int limit = Parameters.number(request, "limit", 1, MAX_MESSAGES, 100);
		long after = request.parameter("after").map((text) -> number("the parameter 'after'", text)).orElse(0L);
		List<MessageView> waiting = this.client.messages(request.variable("id"))
			.stream()
			.filter((message) -> message.number() > after)
			.toList();
		int length = 0;
		long size = 0;
		while (length < Math.min(limit, waiting.size()) && size < ENOUGH) {
			size += Objects.requireNonNullElse(waiting.get(length++).payload(), "").length();
		}
		List<Message> page = waiting.subList(0, length).stream().map(this.payloads::in).map(Message::of).toList();
		return Answer.Content.json(200,
				WebJson.write(new Messages(page, (length < waiting.size()) ? page.getLast().number() : null)));
	}

	private Answer replace(ApiRequest request) {
		@Nullable TokenBuffer payload = WebJson.readAny(request);
		return change(request, (number) -> this.client.replaceMessage(request.variable("id"), number, payload));
	}

	private Answer discard(ApiRequest request) {
		EmptyBody.check(request);
		return change(request, (number) -> this.client.discardMessage(request.variable("id"), number));
	}

	private Answer change(ApiRequest request, LongConsumer action) {
		long number = number("the number of a message", request.variable("number"));
		try {
			action.accept(number);
		}
		catch (WorkflowEndedException ex) {
			throw new RunStatusException(ex, this.client.handle(request.variable("id")).status());
		}
		return Answer.Content.empty(204);
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

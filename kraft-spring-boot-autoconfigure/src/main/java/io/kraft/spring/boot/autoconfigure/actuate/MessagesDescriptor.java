package io.kraft.spring.boot.autoconfigure.actuate;

import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.kraft.client.MessageView;
import io.kraft.spring.boot.autoconfigure.operator.Payloads;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * Signals and completions that a run has not taken.
 *
 * @param messages in the order in which the run takes them
 * @param nextFrom where the next piece begins; left out of the last one
 */
public record MessagesDescriptor(List<Message> messages,
		@JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer nextFrom) implements OperationResponseBody {

	/**
	 * The messages from the given one, counted from 0.
	 */
	static MessagesDescriptor of(List<MessageView> waiting, int from, int limit, Payloads payloads) {
		int begin = Math.min(from, waiting.size());
		int end = begin + Math.min(limit, waiting.size() - begin);
		List<Message> messages = waiting.subList(begin, end)
			.stream()
			.map((view) -> Message.of(view, payloads))
			.toList();
		return new MessagesDescriptor(messages, (end < waiting.size()) ? end : null);
	}

	/**
	 * A message, with the components of {@link MessageView}; what is not known is null.
	 *
	 * @param number a text, because not every JSON parser has such large numbers
	 */
	@JsonInclude(JsonInclude.Include.ALWAYS)
	public record Message(String number, String kind, String name, Instant sentAt, int sizeBytes,
			@Nullable String payload, @Nullable String failure) {

		static Message of(MessageView view, Payloads payloads) {
			return new Message(String.valueOf(view.number()), view.kind(), view.name(), view.sentAt(), view.sizeBytes(),
					payloads.show(view.payload()), view.failure());
		}

	}

}

package io.kraft.engine.client;

import io.kraft.client.MessageView;
import io.kraft.engine.journal.Failure;
import io.kraft.engine.journal.MaskedTokens;
import io.kraft.engine.journal.Outcome;
import io.kraft.engine.journal.Payload;
import io.kraft.engine.journal.PayloadConverter;
import io.kraft.engine.store.Message;
import io.kraft.workflow.KraftException;
import org.jspecify.annotations.Nullable;

/**
 * Shows messages that runs have not taken to people.
 */
final class MessageViews {

	private final PayloadConverter payloads;

	MessageViews(PayloadConverter payloads) {
		this.payloads = payloads;
	}

	MessageView of(Message message) {
		String kind = (message.kind() == Message.Kind.CALLBACK) ? "callback" : "signal";
		return switch (message.outcome()) {
			case Outcome.Success(Payload payload) -> new MessageView(message.sequence(), kind, message.name(),
					message.at(), payload.bytes().length, text(payload), null);
			case Outcome.Failed(Failure failure) -> new MessageView(message.sequence(), kind, message.name(),
					message.at(), 0, null, MaskedTokens.in(failure.chain()));
		};
	}

	/** What cannot be unwrapped is what an operator may want to discard. */
	private @Nullable String text(Payload payload) {
		try {
			return MaskedTokens.in(this.payloads.text(payload));
		}
		catch (KraftException ex) {
			return null;
		}
	}

}

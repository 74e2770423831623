package io.kraft.engine.client;

import java.util.ArrayList;
import java.util.List;

import io.kraft.client.MessageView;
import io.kraft.engine.journal.Failure;
import io.kraft.engine.journal.MaskedTokens;
import io.kraft.engine.journal.Outcome;
import io.kraft.engine.journal.Payload;
import io.kraft.engine.journal.PayloadConverter;
import io.kraft.engine.routing.Call;
import io.kraft.engine.routing.RunService;
import io.kraft.engine.routing.StartedRun;
import io.kraft.engine.store.Message;
import io.kraft.engine.store.MessageVisitor;
import io.kraft.workflow.KraftException;
import org.jspecify.annotations.Nullable;

/**
 * Collects messages that runs have not taken, to be shown to people. Whatever the inbox
 * holds, what the messages carry is read up to a bound; of the others heads are shown.
 * Not thread-safe.
 */
final class MessageViews implements MessageVisitor {

	/** Of what the messages carry, all together. */
	private static final long MAX_SHOWN_BYTES = 4 * 1024 * 1024;

	private final List<MessageView> messages = new ArrayList<>();

	private final String id;

	private final PayloadConverter payloads;

	private final RunService service;

	private long shown;

	MessageViews(String id, PayloadConverter payloads, RunService service) {
		this.id = id;
		this.payloads = payloads;
		this.service = service;
	}

	/** All that were visited. */
	List<MessageView> messages() {
		return this.messages;
	}

	@Override
	public boolean visit(Message message, boolean isWhole, int bytes) {
		if (this.shown + bytes > MAX_SHOWN_BYTES) {
			this.messages.add(new MessageView(message.sequence(), kind(message), message.name(), message.at(), bytes,
					null, null));
			return true;
		}
		Message whole = isWhole ? message
				: this.service.message(Call.OWN, new StartedRun(this.id, message.run()), message.sequence());
		if (whole != null) {
			this.shown += bytes;
			this.messages.add(of(whole));
		}
		return true;
	}

	private MessageView of(Message message) {
		return switch (message.outcome()) {
			case Outcome.Success(Payload payload) -> new MessageView(message.sequence(), kind(message), message.name(),
					message.at(), payload.bytes().length, text(payload), null);
			case Outcome.Failed(Failure failure) -> new MessageView(message.sequence(), kind(message), message.name(),
					message.at(), 0, null, MaskedTokens.in(failure.chain()));
		};
	}

	private static String kind(Message message) {
		return (message.kind() == Message.Kind.CALLBACK) ? "callback" : "signal";
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

package io.kraft.engine.client;

import java.lang.reflect.Type;
import java.util.function.Supplier;

import io.kraft.engine.journal.Outcome;
import io.kraft.engine.journal.PayloadConverter;
import io.kraft.engine.journal.failure.Failures;
import io.kraft.engine.message.PreparedMessage;
import io.kraft.engine.operation.CallbackTokens;
import io.kraft.engine.routing.Call;
import io.kraft.engine.routing.RunService;
import io.kraft.workflow.Names;
import io.kraft.workflow.StepFailedException;
import io.kraft.workflow.VisibleText;
import org.jspecify.annotations.Nullable;

/**
 * Writes down what clients send to the runs of a partition: it is encoded where it is
 * called.
 *
 * @param service the partition
 * @param payloads encodes values
 */
record OutgoingMessages(RunService service, PayloadConverter payloads) {

	/**
	 * A signal, written down and not sent yet.
	 * @param messageId a repeated one is one signal of that name; null if it is not known
	 */
	PreparedMessage ofSignal(String id, String name, @Nullable Object payload, @Nullable String messageId) {
		this.service.checkTakesWork();
		Names.check("The name of a signal", name);
		if (messageId != null) {
			Names.check("The id of a message", messageId);
		}
		Outcome.Success outcome = success(payload, "the payload of signal '" + name + "'");
		return new PreparedMessage(
				() -> "signal '" + name + "' to run '" + id + "'"
						+ ((messageId != null) ? ", message id '" + messageId + "'" : ""),
				() -> text(outcome), () -> this.service.signal(Call.OWN, id, name, outcome, messageId));
	}

	/**
	 * A completion of a callback, written down and not sent yet; has no effect on one
	 * that was completed or failed.
	 */
	PreparedMessage ofCompletion(String token, @Nullable Object value) {
		Outcome.Success outcome = success(value, "the value of a callback");
		return ofCallback("complete", token, outcome, () -> text(outcome));
	}

	/**
	 * A failure of a callback, not sent yet; has no effect on one that was completed or
	 * failed.
	 */
	PreparedMessage ofFailure(String token, String message) {
		StepFailedException failure = new StepFailedException("the callback was failed", VisibleText.escape(message),
				null);
		return ofCallback("fail", token, new Outcome.Failed(Failures.record(failure)), () -> message);
	}

	/** One that is sent later is looked up for its description, and refused then. */
	private PreparedMessage ofCallback(String what, String token, Outcome outcome, Supplier<String> payload) {
		this.service.checkTakesWork();
		return new PreparedMessage(
				() -> what + " callback " + this.service.callback(Call.OWN, token) + " of run '"
						+ CallbackTokens.run(token) + "'",
				payload, () -> this.service.complete(Call.OWN, token, outcome));
	}

	/**
	 * What an operator puts in place of a message's payload, written down.
	 */
	Outcome.Success replacement(@Nullable Object payload) {
		return success(payload, "the payload in place of another");
	}

	private String text(Outcome.Success outcome) {
		return PreparedMessage.text(this.payloads.portable(outcome.value()));
	}

	private Outcome.Success success(@Nullable Object value, String what) {
		Type type = (value != null) ? value.getClass() : Object.class;
		return new Outcome.Success(this.payloads.write(value, type, what));
	}

}

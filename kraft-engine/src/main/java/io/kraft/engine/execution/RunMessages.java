package io.kraft.engine.execution;

import java.lang.reflect.Type;
import java.util.function.Supplier;

import io.kraft.engine.journal.Outcome;
import io.kraft.engine.journal.Payload;
import io.kraft.engine.journal.PayloadConverter;
import io.kraft.engine.journal.failure.Failures;
import io.kraft.engine.message.PreparedMessage;
import io.kraft.engine.operation.CallbackTokens;
import io.kraft.engine.operation.OpenedCallbacks;
import io.kraft.engine.run.MessageDelivery;
import io.kraft.engine.store.Message;
import io.kraft.engine.store.RunRow;
import io.kraft.engine.store.Store;
import io.kraft.workflow.Names;
import io.kraft.workflow.StepFailedException;
import io.kraft.workflow.VisibleText;
import org.jspecify.annotations.Nullable;

/**
 * What clients send to runs, durable when a method returns, and what runs publish for
 * them. Thread-safe.
 */
public final class RunMessages {

	private final MessageDelivery delivery;

	private final Store store;

	private final PayloadConverter payloads;

	private final Runnable takesWork;

	private final OpenedCallbacks callbacks;

	/**
	 * The messages of an execution.
	 * @param takesWork throws when the engine takes none
	 */
	public RunMessages(MessageDelivery delivery, Store store, PayloadConverter payloads, Runnable takesWork) {
		this.delivery = delivery;
		this.store = store;
		this.callbacks = new OpenedCallbacks(store);
		this.payloads = payloads;
		this.takesWork = takesWork;
	}

	/**
	 * Sends a signal to a run.
	 * @param messageId a repeated one is one signal of that name; null if it is not known
	 */
	public void signal(String id, String name, @Nullable Object payload, @Nullable String messageId) {
		ofSignal(id, name, payload, messageId).send();
	}

	/**
	 * A signal, written down and not sent yet.
	 * @param messageId a repeated one is one signal; null if it is not known
	 */
	public PreparedMessage ofSignal(String id, String name, @Nullable Object payload, @Nullable String messageId) {
		this.takesWork.run();
		Names.check("The name of a signal", name);
		String known = (messageId != null) ? known(name, messageId) : null;
		Outcome.Success outcome = success(payload, "the payload of signal '" + name + "'");
		return new PreparedMessage("signal '" + name + "' to run '" + id + "'"
				+ ((messageId != null) ? ", message id '" + messageId + "'" : ""), () -> text(outcome), () -> {
					this.takesWork.run();
					this.delivery.send(id, Message.Kind.SIGNAL, name, outcome, known);
				});
	}

	private static String known(String name, String messageId) {
		return MessageDelivery.signalId(name, Names.check("The id of a message", messageId));
	}

	/**
	 * A completion of a callback, written down and not sent yet; has no effect on one
	 * that was completed or failed.
	 */
	public PreparedMessage ofCompletion(String token, @Nullable Object value) {
		Outcome.Success outcome = success(value, "the value of a callback");
		return ofCallback("complete", token, outcome, () -> text(outcome));
	}

	/**
	 * A failure of a callback, not sent yet; has no effect on one that was completed or
	 * failed.
	 */
	public PreparedMessage ofFailure(String token, String message) {
		StepFailedException failure = new StepFailedException("the callback was failed", VisibleText.escape(message),
				null);
		return ofCallback("fail", token, new Outcome.Failed(Failures.record(failure)), () -> message);
	}

	private PreparedMessage ofCallback(String what, String token, Outcome outcome, Supplier<String> payload) {
		this.takesWork.run();
		CallbackTokens.Callback callback = CallbackTokens.callback(token, this.store, this.delivery::isOpen,
				this.callbacks);
		return new PreparedMessage(what + " callback " + callback.place() + " of run '" + callback.run() + "'", payload,
				() -> {
					this.takesWork.run();
					this.delivery.complete(callback.run(), callback.number(), callback.place(), outcome,
							CallbackTokens.messageId(callback.place()));
				});
	}

	/**
	 * What an operator puts in place of a message's payload, written down.
	 */
	public Outcome.Success replacement(@Nullable Object payload) {
		return success(payload, "the payload in place of another");
	}

	private String text(Outcome.Success outcome) {
		return PreparedMessage.text(this.payloads.portable(outcome.value()));
	}

	private Outcome.Success success(@Nullable Object value, String what) {
		Type type = (value != null) ? value.getClass() : Object.class;
		return new Outcome.Success(this.payloads.write(value, type, what));
	}

	/**
	 * The value that a run has published; null if there is none, or if it is null.
	 */
	public @Nullable Object published(String id, String key, Type type) {
		RunRow row = this.delivery.target(id);
		Payload value = this.store.published(row.number(), key);
		return (value != null) ? this.payloads.read(value, type, "the published value '" + key + "' of '" + id + "'")
				: null;
	}

}

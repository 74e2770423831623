package io.kraft.engine.execution;

import io.kraft.engine.journal.Outcome;
import io.kraft.engine.journal.Payload;
import io.kraft.engine.operation.CallbackTokens;
import io.kraft.engine.operation.OpenedCallbacks;
import io.kraft.engine.partition.WrittenAnswer;
import io.kraft.engine.run.MessageDelivery;
import io.kraft.engine.store.Message;
import io.kraft.engine.store.Store;
import org.jspecify.annotations.Nullable;

/**
 * What clients send to runs, written down, and durable when a method returns; and what
 * runs publish for them. Thread-safe.
 */
public final class RunMessages {

	private final MessageDelivery delivery;

	private final Store store;

	private final Runnable takesWork;

	private final OpenedCallbacks callbacks;

	/**
	 * The messages of an execution.
	 * @param takesWork throws when the engine takes none
	 */
	public RunMessages(MessageDelivery delivery, Store store, Runnable takesWork) {
		this.delivery = delivery;
		this.store = store;
		this.callbacks = new OpenedCallbacks(store);
		this.takesWork = takesWork;
	}

	/**
	 * Sends a signal to a run.
	 * @param messageId a repeated one is one signal of that name; null if there is none
	 * @param answer goes with its commit
	 */
	public void signal(String id, String name, Outcome outcome, @Nullable String messageId, WrittenAnswer answer) {
		this.takesWork.run();
		this.delivery.send(id, Message.Kind.SIGNAL, name, outcome,
				(messageId != null) ? MessageDelivery.signalId(name, messageId) : null, answer);
	}

	/**
	 * Completes or fails a callback; has no effect on one that was.
	 * @param answer goes with its commit
	 */
	public void complete(String token, Outcome outcome, WrittenAnswer answer) {
		this.takesWork.run();
		CallbackTokens.Callback callback = callback(token);
		this.delivery.complete(callback.run(), callback.number(), callback.place(), outcome,
				CallbackTokens.messageId(callback.place()), answer);
	}

	/**
	 * The callback of a token.
	 * @throws io.kraft.client.WorkflowNotFoundException if there is none
	 */
	public CallbackTokens.Callback callback(String token) {
		return CallbackTokens.callback(token, this.store, this.delivery::isOpen, this.callbacks);
	}

	/**
	 * The value that a run has published; null if there is none.
	 */
	public @Nullable Payload published(String id, String key) {
		return this.store.published(this.delivery.target(id).number(), key);
	}

}

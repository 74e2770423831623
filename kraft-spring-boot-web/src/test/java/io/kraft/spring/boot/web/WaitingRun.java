package io.kraft.spring.boot.web;

import java.lang.reflect.Proxy;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import io.kraft.client.Subscription;
import io.kraft.client.WorkflowClient;
import io.kraft.client.WorkflowDetail;
import io.kraft.client.WorkflowEvent;
import io.kraft.client.WorkflowHandle;
import io.kraft.client.WorkflowStatus;

/**
 * A client whose runs are all the same one, which ends when a test says so.
 */
final class WaitingRun {

	private WaitingRun() {
	}

	static WorkflowClient client(CompletableFuture<?> end) {
		WorkflowHandle<?> handle = fake(WorkflowHandle.class, "status", WorkflowStatus.RUNNING, "resultAsync", end);
		return fake(WorkflowClient.class, "handle", handle);
	}

	/** A client that hands over who subscribes. */
	@SuppressWarnings("unchecked")
	static WorkflowClient subscribed(Consumer<Consumer<? super WorkflowEvent>> listeners, Subscription subscription) {
		return (WorkflowClient) Proxy.newProxyInstance(WorkflowClient.class.getClassLoader(),
				new Class<?>[] { WorkflowClient.class }, (proxy, method, arguments) -> {
					if (!method.getName().equals("subscribe")) {
						throw new UnsupportedOperationException(method.getName());
					}
					listeners.accept((Consumer<? super WorkflowEvent>) arguments[0]);
					return subscription;
				});
	}

	/** A client that knows one run. */
	static WorkflowClient inspected(WorkflowDetail detail) {
		return fake(WorkflowClient.class, "inspect", detail);
	}

	/** Pairs of the names of methods and what these return. */
	private static <T> T fake(Class<T> type, Object... answers) {
		return type
			.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type }, (proxy, method, arguments) -> {
				for (int i = 0; i < answers.length; i += 2) {
					if (method.getName().equals(answers[i])) {
						return answers[i + 1];
					}
				}
				throw new UnsupportedOperationException(method.getName());
			}));
	}

}

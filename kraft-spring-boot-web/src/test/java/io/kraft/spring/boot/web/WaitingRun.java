package io.kraft.spring.boot.web;

import java.lang.reflect.Proxy;
import java.util.concurrent.CompletableFuture;

import io.kraft.client.WorkflowClient;
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

package io.kraft.spring.boot.autoconfigure;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

import io.kraft.client.KraftDisabledException;
import io.kraft.client.WorkflowClient;
import org.jspecify.annotations.Nullable;

/**
 * Stands in for the client where Kraft is switched off, so that beans that inject it can
 * be created. Every call of it is refused.
 */
final class SwitchedOffClient {

	private SwitchedOffClient() {
	}

	static WorkflowClient create() {
		return (WorkflowClient) Proxy.newProxyInstance(WorkflowClient.class.getClassLoader(),
				new Class<?>[] { WorkflowClient.class }, SwitchedOffClient::call);
	}

	@SuppressWarnings("ReferenceEquality") // A proxy equals itself only.
	private static Object call(Object proxy, Method method, Object @Nullable [] arguments) {
		return switch (method.getName()) {
			case "toString" -> "WorkflowClient[kraft.enabled=false]";
			case "hashCode" -> System.identityHashCode(proxy);
			case "equals" -> arguments != null && proxy == arguments[0];
			default -> throw new KraftDisabledException("WorkflowClient." + method.getName()
					+ "(…) was called, but Kraft is switched off (kraft.enabled=false): methods of workflows and steps are "
					+ "plain methods here, and nothing is durable. Switch it on, or call the methods themselves. "
					+ "See docs/reference/errors.md#kraft-3023");
		};
	}

}

package io.kraft.spring.boot.autoconfigure.event;

import java.util.stream.Stream;

import io.kraft.client.Subscription;
import io.kraft.client.WorkflowClient;
import io.kraft.client.WorkflowEvent;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.GenericApplicationListenerAdapter;
import org.springframework.context.support.AbstractApplicationContext;
import org.springframework.core.ResolvableType;

/**
 * Publishes each workflow event as an application event, in the order in which they
 * became durable, on a thread of the engine's: a slow listener should be {@code @Async}.
 * Without listeners when the application starts, nothing is published, and runs have no
 * extra cost.
 */
final class WorkflowEventPublisher implements SmartLifecycle {

	/** Before the engine starts, and after it has stopped. */
	private static final int PHASE = DEFAULT_PHASE - 5120;

	private final WorkflowClient client;

	private final AbstractApplicationContext context;

	private @Nullable Subscription subscription;

	WorkflowEventPublisher(WorkflowClient client, AbstractApplicationContext context) {
		this.client = client;
		this.context = context;
	}

	@Override
	public synchronized void start() {
		if (this.subscription == null && listeners().anyMatch(WorkflowEventPublisher::listensToWorkflows)) {
			this.subscription = this.client.subscribe(this.context::publishEvent);
		}
	}

	private Stream<ApplicationListener<?>> listeners() {
		return Stream.<ApplicationContext>iterate(this.context, (found) -> found != null, ApplicationContext::getParent)
			.filter(AbstractApplicationContext.class::isInstance)
			.flatMap((found) -> ((AbstractApplicationContext) found).getApplicationListeners().stream());
	}

	private static boolean listensToWorkflows(ApplicationListener<?> listener) {
		GenericApplicationListenerAdapter adapter = new GenericApplicationListenerAdapter(listener);
		return Stream.of(WorkflowEvent.class.getPermittedSubclasses())
			.map((event) -> ResolvableType.forClassWithGenerics(PayloadApplicationEvent.class, event))
			.anyMatch(adapter::supportsEventType);
	}

	@Override
	public synchronized void stop() {
		if (this.subscription != null) {
			this.subscription.close();
			this.subscription = null;
		}
	}

	@Override
	public synchronized boolean isRunning() {
		return this.subscription != null;
	}

	@Override
	public int getPhase() {
		return PHASE;
	}

}

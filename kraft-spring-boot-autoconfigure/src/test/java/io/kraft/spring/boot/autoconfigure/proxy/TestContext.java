package io.kraft.spring.boot.autoconfigure.proxy;

import java.util.List;
import java.util.function.Consumer;

import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/**
 * An application context with the proxies and an engine that records.
 */
final class TestContext implements AutoCloseable {

	final AnnotationConfigApplicationContext spring = new AnnotationConfigApplicationContext();

	final RecordingCalls calls = new RecordingCalls();

	static TestContext of(Class<?>... classes) {
		return of((context) -> {
		}, classes);
	}

	static TestContext of(Consumer<AnnotationConfigApplicationContext> preparation, Class<?>... classes) {
		TestContext context = new TestContext();
		context.spring.register(KraftProxyConfiguration.class);
		context.spring.registerBean("recordingCalls", RecordingCalls.class, () -> context.calls);
		if (classes.length > 0) {
			context.spring.register(classes);
		}
		preparation.accept(context.spring);
		context.spring.refresh();
		return context;
	}

	static Consumer<AnnotationConfigApplicationContext> property(String pair) {
		return (context) -> TestPropertyValues.of(pair).applyTo(context);
	}

	<T> T bean(Class<T> type) {
		return this.spring.getBean(type);
	}

	List<String> events() {
		return this.calls.events;
	}

	@Override
	public void close() {
		this.spring.close();
	}

}

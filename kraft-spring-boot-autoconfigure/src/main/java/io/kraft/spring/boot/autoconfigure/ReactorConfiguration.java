package io.kraft.spring.boot.autoconfigure;

import reactor.core.scheduler.Schedulers;

import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Where Reactor is present, calls that block are refused on its event loop, and its tasks
 * carry the run they work for. First in order, so that an application's customizer takes
 * precedence.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(Schedulers.class)
class ReactorConfiguration {

	@Bean
	@Order(Ordered.HIGHEST_PRECEDENCE)
	KraftEngineBuilderCustomizer kraftNonBlockingThreadCustomizer() {
		return (builder) -> builder.nonBlockingThread(Schedulers::isInNonBlockingThread);
	}

	@Bean
	ReactorTasks kraftReactorTasks() {
		return new ReactorTasks();
	}

}

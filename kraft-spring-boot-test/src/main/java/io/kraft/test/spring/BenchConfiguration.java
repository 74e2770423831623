package io.kraft.test.spring;

import java.time.InstantSource;

import io.kraft.client.WorkflowClient;
import io.kraft.engine.KraftEngine;
import io.kraft.engine.call.EngineCalls;
import io.kraft.engine.client.EngineClient;
import io.kraft.spring.boot.autoconfigure.KraftEngineBuilderCustomizer;
import io.kraft.spring.boot.autoconfigure.definition.DurableBeans;
import io.kraft.test.WorkflowReplayer;
import io.kraft.test.WorkflowTestEnvironment;
import io.kraft.test.bench.Bench;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Fallback;
import org.springframework.context.annotation.Role;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Puts the application's engine on a test bench, and what the application calls in front
 * of it.
 */
@Configuration(proxyBeanMethods = false)
class BenchConfiguration {

	@Bean
	Bench kraftTestBench(BenchDisk disk, DurableBeans beans) {
		return new Bench(disk.make()).compensations(beans.compensations());
	}

	/** The last one: whatever the application chooses, a test needs these. */
	@Bean
	@Order(Ordered.LOWEST_PRECEDENCE)
	KraftEngineBuilderCustomizer kraftTestBenchCustomizer(Bench bench) {
		return bench::configure;
	}

	/**
	 * For beans of the application that ask for the time, unless it has a clock of its
	 * own.
	 */
	@Bean
	@Fallback
	InstantSource kraftTestClock(Bench bench) {
		return bench.clock();
	}

	@Bean
	WorkflowTestEnvironment kraftTestEnvironment(Bench bench, KraftEngine engine, WorkflowClient client) {
		return new WorkflowTestEnvironment(bench);
	}

	@Bean
	WorkflowReplayer kraftTestReplayer(KraftEngine engine) {
		return new WorkflowReplayer(engine);
	}

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static BeanPostProcessor kraftTestBenchPostProcessor(ObjectProvider<Bench> bench) {
		return new BeanPostProcessor() {

			@Override
			public Object postProcessAfterInitialization(Object bean, String beanName) {
				return switch (bean) {
					case KraftEngine engine -> {
						bench.getObject().put(engine);
						yield engine;
					}
					case EngineClient client -> bench.getObject().client();
					case EngineCalls calls -> bench.getObject().calls();
					default -> bean;
				};
			}

		};
	}

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static ReplacedSteps kraftTestReplacedSteps(DefaultListableBeanFactory beanFactory) {
		return new ReplacedSteps(beanFactory);
	}

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static ReplacedBeans kraftTestReplacedBeans() {
		return new ReplacedBeans();
	}

}

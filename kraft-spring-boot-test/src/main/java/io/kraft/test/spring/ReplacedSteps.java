package io.kraft.test.spring;

import io.kraft.spring.boot.autoconfigure.definition.DurableBean;
import io.kraft.spring.boot.autoconfigure.definition.DurableBeans;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.InstantiationAwareBeanPostProcessor;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;

/**
 * Puts Kraft's advice around beans with steps that a test has replaced by
 * {@code @MockitoBean} or {@code @TestBean}: such an object is not a bean that Spring
 * creates, so no post-processor sees it, and a workflow would call it past the journal.
 * That is done before the first bean is made that could be given one.
 * <p>
 * A bean with a workflow that is replaced stays a plain object: a call of it starts no
 * run.
 */
final class ReplacedSteps implements InstantiationAwareBeanPostProcessor {

	private static final String DURABLE_POST_PROCESSOR = "kraftDurableBeanPostProcessor";

	private final DefaultListableBeanFactory beanFactory;

	private boolean done;

	ReplacedSteps(DefaultListableBeanFactory beanFactory) {
		this.beanFactory = beanFactory;
	}

	@Override
	public @Nullable Object postProcessBeforeInstantiation(Class<?> beanClass, String beanName) {
		if (!this.done) {
			this.done = true;
			for (DurableBean bean : this.beanFactory.getBean(DurableBeans.class).all()) {
				if (bean.definition().hasAttribute(DurableBeans.REPLACED_BY_TEST)) {
					advise(bean.name());
				}
			}
		}
		return null;
	}

	private void advise(String name) {
		Object advised = this.beanFactory.getBean(DURABLE_POST_PROCESSOR, BeanPostProcessor.class)
			.postProcessAfterInitialization(this.beanFactory.getBean(name), name);
		if (advised != null) {
			this.beanFactory.destroySingleton(name);
			this.beanFactory.registerSingleton(name, advised);
		}
	}

}

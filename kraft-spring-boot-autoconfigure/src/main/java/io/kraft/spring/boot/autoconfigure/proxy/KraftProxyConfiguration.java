package io.kraft.spring.boot.autoconfigure.proxy;

import io.kraft.engine.call.DurableCalls;
import io.kraft.spring.boot.autoconfigure.definition.DurableBeans;
import io.kraft.spring.boot.autoconfigure.definition.StepDefaults;
import io.kraft.spring.boot.autoconfigure.property.Overrides;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Role;
import org.springframework.core.env.Environment;

/**
 * Finds the workflows and steps of the application ({@link DurableBeans}) and puts the
 * engine ({@link DurableCalls}, looked up at the first call) in front of them.
 */
@Configuration(proxyBeanMethods = false)
@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
public class KraftProxyConfiguration {

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static DurableBeanPreparation kraftDurableBeanPreparation(Environment environment) {
		return new DurableBeanPreparation(environment);
	}

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static DurableBeanPostProcessor kraftDurableBeanPostProcessor(DurableBeanPreparation preparation,
			ObjectProvider<DurableCalls> calls, ObjectProvider<StepDefaults> defaults) {
		return new DurableBeanPostProcessor(preparation, calls, defaults);
	}

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static DurableBeans kraftDurableBeans(DurableBeanPreparation preparation) {
		return preparation.beans();
	}

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static Overrides kraftOverrides(DurableBeanPreparation preparation) {
		return preparation.overrides();
	}

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static UnproxiedBeanCheck kraftUnproxiedBeanCheck(ConfigurableListableBeanFactory beanFactory, DurableBeans beans,
			DurableBeanPostProcessor postProcessor) {
		return new UnproxiedBeanCheck(beanFactory, beans, postProcessor);
	}

}

package io.kraft.spring.boot.autoconfigure.definition;

import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.factory.config.BeanDefinition;

/**
 * A bean with durable methods, according to its definition.
 *
 * @param name by which the bean factory has it; of a scoped bean, the name of the target
 * @param type its class
 * @param definition merged with those of its parents
 */
public record DurableBean(String name, DurableType type, BeanDefinition definition) {

	/**
	 * The name that the user gave it.
	 */
	public String userName() {
		return ScopedProxyUtils.isScopedTarget(this.name) ? ScopedProxyUtils.getOriginalBeanName(this.name) : this.name;
	}

}

package io.kraft.spring.boot.autoconfigure.definition;

import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.kraft.engine.definition.WorkflowDefinition;
import io.kraft.workflow.InvalidCallException;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactory;

/**
 * Calls a method of a bean, which is looked up when a run starts and not before: so a
 * lazy bean stays lazy, and each run of a prototype has an object of its own. The call
 * goes through the bean's proxy, with all its advice.
 */
final class BeanMethodBody implements WorkflowDefinition.Body {

	private final BeanFactory beanFactory;

	private final String beanName;

	private final Class<?> userClass;

	private final Method method;

	private final Map<Class<?>, InvocableMethod> invocable = new ConcurrentHashMap<>();

	BeanMethodBody(BeanFactory beanFactory, String beanName, Class<?> userClass, Method method) {
		this.beanFactory = beanFactory;
		this.beanName = beanName;
		this.userClass = userClass;
		this.method = method;
	}

	@Override
	public @Nullable Object call(@Nullable Object[] arguments) throws Throwable {
		Object bean = this.beanFactory.getBean(this.beanName);
		return this.invocable.computeIfAbsent(bean.getClass(), this::invocableOn).invoke(bean, arguments);
	}

	private InvocableMethod invocableOn(Class<?> beanClass) {
		return InvocableMethod.of(this.method, this.userClass, beanClass)
			.orElseThrow(() -> new InvalidCallException("bean '" + this.beanName + "' is a " + beanClass.getName()
					+ ", which has no method to call for " + this.method.toGenericString()
					+ ". Declare the method in an interface of the bean. See docs/reference/errors.md#kraft-1008"));
	}

}

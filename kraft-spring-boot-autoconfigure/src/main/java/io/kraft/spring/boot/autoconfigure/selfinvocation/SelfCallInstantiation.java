package io.kraft.spring.boot.autoconfigure.selfinvocation;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.util.Optional;

import io.kraft.spring.boot.autoconfigure.definition.DurableType;
import io.kraft.spring.boot.autoconfigure.definition.DurableTypes;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.support.InstantiationStrategy;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.core.NativeDetector;

/**
 * Makes objects of classes with durable methods as objects of a generated subclass, by
 * the constructor that Spring has resolved; leaves all others to the bean factory's own
 * strategy, and also what Spring or the user generates or makes by itself: beans with
 * {@code @Lookup} methods, {@code @Configuration} classes, factory methods.
 */
public final class SelfCallInstantiation implements InstantiationStrategy {

	private final InstantiationStrategy delegate;

	private final DurableTypes types;

	private final SelfCallClasses classes;

	private final RealCall realCall;

	/**
	 * Makes objects of the types, and leaves all others to the delegate.
	 * @param realCall the announcements of the proxies
	 */
	public SelfCallInstantiation(InstantiationStrategy delegate, DurableTypes types, SelfCallClasses classes,
			RealCall realCall) {
		this.delegate = delegate;
		this.types = types;
		this.classes = classes;
		this.realCall = realCall;
	}

	@Override
	public Object instantiate(RootBeanDefinition definition, @Nullable String beanName, BeanFactory owner) {
		Object object = instantiate(definition, definition.getBeanClass());
		return (object != null) ? object : this.delegate.instantiate(definition, beanName, owner);
	}

	@Override
	public Object instantiate(RootBeanDefinition definition, @Nullable String beanName, BeanFactory owner,
			Constructor<?> constructor, Object... arguments) {
		Object object = instantiate(definition, constructor.getDeclaringClass(), constructor.getParameterTypes(),
				arguments);
		return (object != null) ? object
				: this.delegate.instantiate(definition, beanName, owner, constructor, arguments);
	}

	@Override
	public Object instantiate(RootBeanDefinition definition, @Nullable String beanName, BeanFactory owner,
			@Nullable Object factoryBean, Method factoryMethod, @Nullable Object... arguments) {
		return this.delegate.instantiate(definition, beanName, owner, factoryBean, factoryMethod, arguments);
	}

	@Override
	public Class<?> getActualBeanClass(RootBeanDefinition definition, @Nullable String beanName, BeanFactory owner) {
		return this.delegate.getActualBeanClass(definition, beanName, owner);
	}

	private @Nullable Object instantiate(RootBeanDefinition definition, Class<?> beanClass) {
		return instantiate(definition, beanClass, new Class<?>[0], new Object[0]);
	}

	private @Nullable Object instantiate(RootBeanDefinition definition, Class<?> beanClass, Class<?>[] parameterTypes,
			@Nullable Object[] arguments) {
		if (definition.hasMethodOverrides() || beanClass.getName().contains("$$") || NativeDetector.inNativeImage()) {
			return null;
		}
		DurableType type = this.types.of(beanClass);
		if (type.isEmpty()) {
			return null;
		}
		Optional<SelfCallClass> selfCallClass = this.classes.of(type);
		Optional<Constructor<?>> constructor = selfCallClass.flatMap((found) -> found.constructor(parameterTypes));
		if (selfCallClass.isEmpty() || constructor.isEmpty()) {
			return null;
		}
		return selfCallClass.get().instantiate(constructor.get(), this.realCall, arguments);
	}

}

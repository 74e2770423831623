package io.kraft.spring.boot.autoconfigure.proxy;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import io.kraft.engine.call.DurableCalls;
import io.kraft.engine.definition.RetryPolicy;
import io.kraft.spring.boot.autoconfigure.definition.DurableBeans;
import io.kraft.spring.boot.autoconfigure.definition.DurableType;
import io.kraft.spring.boot.autoconfigure.definition.StepDefaults;
import io.kraft.spring.boot.autoconfigure.definition.StepReader;
import io.kraft.spring.boot.autoconfigure.selfinvocation.SelfCall;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.SpringProxy;
import org.springframework.aop.framework.AopInfrastructureBean;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryAware;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.config.SmartInstantiationAwareBeanPostProcessor;
import org.springframework.util.function.SingletonSupplier;

/**
 * Makes the durable methods of beans durable.
 * <p>
 * It is neither ordered nor a bean's dependency on anything: so it comes after Spring's
 * post-processors, finds the proxy that they have made, and can stand at both ends of its
 * advice; and it makes no other bean too early.
 */
final class DurableBeanPostProcessor implements SmartInstantiationAwareBeanPostProcessor, BeanFactoryAware {

	private final DurableBeanPreparation preparation;

	private final Supplier<DurableCalls> calls;

	private final Supplier<StepReader> stepReader;

	private final Map<AdviceKey, DurableAdvice> advice = new ConcurrentHashMap<>();

	private final Map<String, Object> earlyObjects = new ConcurrentHashMap<>();

	private final Set<String> proxied = ConcurrentHashMap.newKeySet();

	private @Nullable ConfigurableListableBeanFactory beanFactory;

	DurableBeanPostProcessor(DurableBeanPreparation preparation, ObjectProvider<DurableCalls> calls,
			ObjectProvider<StepDefaults> defaults) {
		this.preparation = preparation;
		this.calls = SingletonSupplier.of(calls::getObject);
		this.stepReader = SingletonSupplier
			.of(() -> new StepReader(defaults.getIfAvailable(() -> new StepDefaults(RetryPolicy.defaults())).retry(),
					preparation.overrides(), preparation.placeholders()));
	}

	@Override
	public void setBeanFactory(BeanFactory beanFactory) {
		this.beanFactory = (beanFactory instanceof ConfigurableListableBeanFactory listable) ? listable : null;
	}

	/**
	 * Whether the bean of this name has got its proxy.
	 */
	boolean hasProxied(String bean) {
		return this.proxied.contains(bean);
	}

	@Override
	public Class<?> determineBeanType(Class<?> beanClass, String beanName) {
		DurableType type = this.preparation.types().of(beanClass);
		if (type.isEmpty() || SpringProxy.class.isAssignableFrom(beanClass) || beanClass.isInterface()) {
			return beanClass;
		}
		ProxyFactory factory = new ProxyFactory();
		factory.setTargetClass(beanClass);
		factory.setProxyTargetClass(true);
		return factory.getProxyClass(beanClass.getClassLoader());
	}

	@Override
	@SuppressWarnings("ReferenceEquality") // This very object is meant.
	public Object getEarlyBeanReference(Object bean, String beanName) {
		Object proxy = proxyOf(bean, beanName);
		if (proxy != bean) {
			this.earlyObjects.put(beanName, target(bean));
		}
		return proxy;
	}

	@Override
	@SuppressWarnings("ReferenceEquality") // This very object is meant.
	public @Nullable Object postProcessAfterInitialization(Object bean, String beanName) {
		Object early = this.earlyObjects.remove(beanName);
		// Others have been given the proxy already; Spring puts it in place of the bean.
		return (early != null && early == target(bean)) ? bean : proxyOf(bean, beanName);
	}

	private Object proxyOf(Object bean, String beanName) {
		if (bean instanceof AopInfrastructureBean || bean instanceof FactoryBean<?>) {
			return bean;
		}
		DurableType type = this.preparation.types().of(AopProxyUtils.ultimateTargetClass(bean));
		if (type.isEmpty()) {
			return bean;
		}
		SelfCall selfCall = this.preparation.classes().callbackOf(type, target(bean));
		if (selfCall == null && !isReplacedByTest(beanName)) {
			this.preparation.selfInvocationRule().checkObject(beanName, type);
		}
		Object proxy = new DurableProxy(beanName, type).around(bean, advice(beanName, type), selfCall);
		exposeTargetClass(beanName, type);
		if (this.preparation.beans().contains(beanName)) {
			this.proxied.add(beanName);
		}
		return proxy;
	}

	/** The calls that its class makes on itself are not made by it. */
	private boolean isReplacedByTest(String bean) {
		return this.beanFactory != null && this.beanFactory.containsBeanDefinition(bean)
				&& this.beanFactory.getBeanDefinition(bean).hasAttribute(DurableBeans.REPLACED_BY_TEST);
	}

	private DurableAdvice advice(String bean, DurableType type) {
		// Inner beans get a new name each time: what is kept must not grow with them.
		String known = this.preparation.beans().contains(bean) ? bean : "";
		return this.advice.computeIfAbsent(new AdviceKey(known, type), (key) -> DurableAdvice.of(bean, type,
				this.preparation.beans(), this.stepReader.get(), this.calls, this.preparation.realCall()));
	}

	private void exposeTargetClass(String beanName, DurableType type) {
		if (this.beanFactory != null && this.beanFactory.containsBeanDefinition(beanName)) {
			this.beanFactory.getMergedBeanDefinition(beanName)
				.setAttribute(AutoProxyUtils.ORIGINAL_TARGET_CLASS_ATTRIBUTE, type.userClass());
		}
	}

	private static Object target(Object bean) {
		Object target = bean;
		for (Object inner = bean; inner != null; inner = AopProxyUtils.getSingletonTarget(inner)) {
			target = inner;
		}
		return target;
	}

	private record AdviceKey(String bean, DurableType type) {
	}

}

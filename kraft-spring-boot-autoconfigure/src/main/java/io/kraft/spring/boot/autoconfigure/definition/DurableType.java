package io.kraft.spring.boot.autoconfigure.definition;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

import org.springframework.aop.support.AopUtils;
import org.springframework.core.BridgeMethodResolver;
import org.springframework.core.MethodIntrospector;
import org.springframework.util.ClassUtils;

/**
 * A class and its durable methods. Thread-safe.
 */
public final class DurableType {

	private final Class<?> userClass;

	private final Map<Method, DurableMethod> methods;

	private final Map<Method, Optional<DurableMethod>> resolved = new ConcurrentHashMap<>();

	private DurableType(Class<?> userClass, Map<Method, DurableMethod> methods) {
		this.userClass = userClass;
		this.methods = methods;
	}

	/**
	 * Reads the annotations of a class, of its superclasses and interfaces.
	 * @param userClass as the user wrote it, not a class generated from it
	 */
	static DurableType of(Class<?> userClass) {
		DurableMethodReader reader = new DurableMethodReader(userClass);
		List<DurableMethod> found = MethodIntrospector
			.selectMethods(userClass, (Method method) -> reader.read(BridgeMethodResolver.findBridgedMethod(method)))
			.values()
			.stream()
			.sorted(Comparator.comparing((DurableMethod method) -> method.method().toGenericString()))
			.toList();
		Map<Method, DurableMethod> methods = new LinkedHashMap<>();
		found.forEach((method) -> methods.put(method.method(), method));
		return new DurableType(userClass, methods);
	}

	static DurableType none(Class<?> userClass) {
		return new DurableType(userClass, Map.of());
	}

	/**
	 * The class as the user wrote it.
	 */
	public Class<?> userClass() {
		return this.userClass;
	}

	/**
	 * The durable methods, in an order that does not change.
	 */
	public Collection<DurableMethod> methods() {
		return this.methods.values();
	}

	/**
	 * Whether no method is durable.
	 */
	public boolean isEmpty() {
		return this.methods.isEmpty();
	}

	/**
	 * The durable method behind a method that may also be a bridge, one of an interface,
	 * or one of a class generated from this one.
	 */
	public @Nullable DurableMethod find(Method method) {
		DurableMethod exact = this.methods.get(method);
		if (exact != null || isEmpty()) {
			return exact;
		}
		return this.resolved.computeIfAbsent(method, this::resolve).orElse(null);
	}

	/**
	 * The name of a step or workflow that has none of its own.
	 */
	String defaultNameOf(Method method) {
		Class<?> type = Proxy.isProxyClass(this.userClass) ? method.getDeclaringClass() : this.userClass;
		String name = ClassUtils.getShortName(type);
		return name.substring(name.lastIndexOf('.') + 1) + "." + method.getName();
	}

	private Optional<DurableMethod> resolve(Method method) {
		return Optional.ofNullable(this.methods.get(AopUtils.getMostSpecificMethod(method, this.userClass)));
	}

	@Override
	public String toString() {
		return this.userClass.getName();
	}

}

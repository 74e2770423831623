package io.kraft.spring.boot.autoconfigure.selfinvocation;

import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Optional;

import io.kraft.spring.boot.autoconfigure.definition.DurableType;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.BeanUtils;
import org.springframework.cglib.core.CodeGenerationException;
import org.springframework.cglib.proxy.Enhancer;
import org.springframework.cglib.proxy.MethodInterceptor;
import org.springframework.cglib.proxy.NoOp;
import org.springframework.util.ReflectionUtils;

/**
 * A subclass of a user's class that overrides only its durable methods, with a
 * {@link SelfCall} for each object.
 * <p>
 * It implements no interface, since Spring would give that to the bean's proxy too. So
 * the callback is put into, and read from, the field that CGLIB makes for it. Until it is
 * there, which is while the constructor runs, the methods are plain.
 */
final class SelfCallClass {

	private static final Log logger = LogFactory.getLog(SelfCallClass.class);

	private static final String CALLBACK_FIELD = "CGLIB$CALLBACK_" + DurableMethodFilter.DURABLE;

	private final DurableType type;

	private final Class<?> generated;

	private final Field callback;

	private SelfCallClass(DurableType type, Class<?> generated, Field callback) {
		this.type = type;
		this.generated = generated;
		this.callback = callback;
		ReflectionUtils.makeAccessible(callback);
	}

	/**
	 * Makes the subclass.
	 * @return empty if there cannot be one
	 */
	static Optional<SelfCallClass> of(DurableType type) {
		if (type.isEmpty() || !isPossible(type.userClass())) {
			return Optional.empty();
		}
		try {
			Class<?> generated = generate(type);
			return Optional.of(new SelfCallClass(type, generated, generated.getDeclaredField(CALLBACK_FIELD)));
		}
		catch (CodeGenerationException | IllegalArgumentException | NoSuchFieldException ex) {
			// No constructor that a subclass can see, or no method that it can override.
			logger.debug("No subclass of " + type + " for calls on 'this'", ex);
			return Optional.empty();
		}
	}

	/**
	 * Whether a class can have a subclass; determined without loading anything.
	 */
	static boolean isPossible(Class<?> userClass) {
		int modifiers = userClass.getModifiers();
		return !Modifier.isFinal(modifiers) && !Modifier.isAbstract(modifiers) && !userClass.isSealed()
				&& Arrays.stream(userClass.getDeclaredConstructors())
					.anyMatch((constructor) -> !Modifier.isPrivate(constructor.getModifiers()));
	}

	private static Class<?> generate(DurableType type) {
		Enhancer enhancer = new Enhancer();
		enhancer.setSuperclass(type.userClass());
		enhancer.setUseFactory(false);
		// A class of this name that lies on the class path may be of older code.
		enhancer.setAttemptLoad(false);
		enhancer.setNamingPolicy(new GeneratedNames());
		enhancer.setStrategy(new AnnotatedSubclassStrategy(type.userClass()));
		enhancer.setCallbackFilter(DurableMethodFilter.of(type));
		enhancer.setCallbackTypes(new Class<?>[] { MethodInterceptor.class, NoOp.class });
		return enhancer.createClass();
	}

	/**
	 * The constructor to call in place of that of the user's class.
	 * @return empty if a subclass cannot call it
	 */
	Optional<Constructor<?>> constructor(Class<?>... parameterTypes) {
		try {
			return Optional.of(this.generated.getDeclaredConstructor(parameterTypes));
		}
		catch (NoSuchMethodException ex) {
			return Optional.empty();
		}
	}

	/**
	 * Makes an object, whose calls on itself are plain until it has a proxy.
	 */
	Object instantiate(Constructor<?> constructor, RealCall realCall, @Nullable Object... arguments) {
		Object object = BeanUtils.instantiateClass(constructor, arguments);
		ReflectionUtils.setField(this.callback, object, new SelfCall(this.type, realCall));
		return object;
	}

	/**
	 * The callback of an object of this class, or of a subclass such as a test's spy.
	 */
	@Nullable SelfCall callbackOf(Object object) {
		return this.generated.isInstance(object) ? (SelfCall) ReflectionUtils.getField(this.callback, object) : null;
	}

}

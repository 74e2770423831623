package io.kraft.spring.boot.autoconfigure.definition;

import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;

import io.kraft.engine.definition.MethodSignature;

import org.springframework.util.ClassUtils;

/**
 * The types of a method as a class sees them: variables that the class, or one between,
 * has given a type are replaced by it.
 */
final class SignatureReader {

	private final Class<?> userClass;

	private final Method method;

	private final ResolvedTypes types;

	private final MethodResult result;

	SignatureReader(Class<?> userClass, Method method) {
		this.userClass = userClass;
		this.method = method;
		this.types = new ResolvedTypes(userClass);
		this.result = MethodResult.of(this.types.of(method.getGenericReturnType()));
	}

	MethodResult result() {
		return this.result;
	}

	List<Type> parameterTypes() {
		List<Type> types = new ArrayList<>();
		for (Type type : this.method.getGenericParameterTypes()) {
			types.add(this.types.of(type));
		}
		return types;
	}

	MethodSignature read() {
		List<Class<? extends Throwable>> exceptions = new ArrayList<>();
		for (Class<?> type : this.method.getExceptionTypes()) {
			exceptions.add(type.asSubclass(Throwable.class));
		}
		ClassLoader loader = this.userClass.getClassLoader();
		return new MethodSignature(parameterTypes(), this.result.valueType(), exceptions,
				(loader != null) ? loader : defaultLoader());
	}

	private static ClassLoader defaultLoader() {
		ClassLoader loader = ClassUtils.getDefaultClassLoader();
		return (loader != null) ? loader : ClassLoader.getSystemClassLoader();
	}

}

package io.kraft.spring.boot.autoconfigure.definition;

import java.lang.reflect.Type;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.kraft.engine.definition.ResultStyle;

import org.springframework.core.ResolvableType;
import org.springframework.util.ClassUtils;

/**
 * What a return type means: how the value comes, and of which type it is.
 *
 * @param style how the returned object and the value relate
 * @param valueType what is journaled
 */
record MethodResult(ResultStyle style, Type valueType) {

	private static final boolean isReactorPresent = ClassUtils.isPresent("reactor.core.publisher.Mono",
			MethodResult.class.getClassLoader());

	/**
	 * What a return type means.
	 * @param returnType without variables of the bean's class
	 */
	static MethodResult of(Type returnType) {
		ResolvableType type = ResolvableType.forType(returnType);
		Class<?> raw = type.resolve(Object.class);
		if (raw == CompletionStage.class || raw == CompletableFuture.class) {
			return new MethodResult(ResultStyle.COMPLETION_STAGE, firstGeneric(type));
		}
		MethodResult reactive = isReactorPresent ? ReactiveResult.of(type, raw) : null;
		return (reactive != null) ? reactive : new MethodResult(ResultStyle.PLAIN, returnType);
	}

	static Type firstGeneric(ResolvableType type) {
		return type.hasGenerics() ? type.getGeneric(0).getType() : Object.class;
	}

}

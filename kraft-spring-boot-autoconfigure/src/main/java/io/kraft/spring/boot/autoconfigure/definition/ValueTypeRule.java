package io.kraft.spring.boot.autoconfigure.definition;

import java.io.InputStream;
import java.io.Reader;
import java.lang.reflect.Type;
import java.util.Enumeration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import java.util.stream.BaseStream;

import io.kraft.engine.definition.ResultStyle;
import io.kraft.spring.boot.autoconfigure.definition.DurableMethod.WorkflowMethod;

import org.springframework.core.ResolvableType;
import org.springframework.util.ClassUtils;

/**
 * What a durable method takes and returns must survive the journal. What can be read only
 * once is refused; the rest is in {@link ValueTypeReport}.
 */
final class ValueTypeRule implements BeanRule {

	private static final List<Class<?>> READ_ONCE = List.of(BaseStream.class, InputStream.class, Reader.class,
			Iterator.class, Enumeration.class);

	@Override
	public void check(DurableBean bean, DefinitionProblems problems) {
		for (DurableMethod method : bean.type().methods()) {
			SignatureReader signature = new SignatureReader(bean.type().userClass(), method.method());
			DefinitionProblems.Sink sink = problems.on(bean.userName(), bean.type().userClass(), method.method());
			checkResult(signature.result(), sink);
			if (method instanceof WorkflowMethod) {
				signature.parameterTypes().forEach((type) -> checkParameter(type, sink));
			}
		}
	}

	static void checkResult(MethodResult result, DefinitionProblems.Sink problems) {
		Class<?> raw = ResolvableType.forType(result.valueType()).resolve(Object.class);
		if (isReadOnce(raw)) {
			problems.add("The result is " + withArticle(raw) + ", which can be read only once and not be journaled.",
					"Return its content, such as a List or a byte[].");
		}
		else if (result.style().equals(ResultStyle.PLAIN) && isPromise(raw)) {
			problems.add("The result is " + withArticle(raw) + ", a promise that cannot be made again on replay.",
					"Return a CompletionStage, CompletableFuture, Mono or Flux.");
		}
	}

	private static void checkParameter(Type type, DefinitionProblems.Sink problems) {
		Class<?> raw = ResolvableType.forType(type).resolve(Object.class);
		if (isReadOnce(raw)) {
			problems.add("A parameter is " + withArticle(raw) + ", which can be read only once and not be journaled.",
					"Take its content, such as a List or a byte[], or a reference to where it is stored.");
		}
	}

	private static String withArticle(Class<?> type) {
		String name = type.getSimpleName();
		return (("AEIOU".indexOf(name.charAt(0)) >= 0) ? "an " : "a ") + name;
	}

	private static boolean isReadOnce(Class<?> type) {
		return READ_ONCE.stream().anyMatch((readOnce) -> readOnce.isAssignableFrom(type));
	}

	private static boolean isPromise(Class<?> type) {
		return Future.class.isAssignableFrom(type) || Flow.Publisher.class.isAssignableFrom(type)
				|| ClassUtils.getAllInterfacesForClassAsSet(type)
					.stream()
					.anyMatch((parent) -> parent.getName().equals("org.reactivestreams.Publisher"));
	}

}

package io.kraft.spring.boot.autoconfigure.definition;

import java.lang.reflect.Method;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.kraft.spring.boot.autoconfigure.definition.DurableMethod.AmbiguousMethod;
import io.kraft.spring.boot.autoconfigure.definition.DurableMethod.MisplacedSchedule;
import io.kraft.spring.boot.autoconfigure.definition.DurableMethod.StepMethod;
import io.kraft.spring.boot.autoconfigure.definition.DurableMethod.WorkflowMethod;
import org.jspecify.annotations.Nullable;

import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;

/**
 * Foreign advice around a durable method must leave it durable: what would silently break
 * that is refused. As with Spring, an annotation on the method wins over one on its
 * class.
 */
final class AdviceRule implements BeanRule {

	@Override
	public void check(DurableBean bean, DefinitionProblems problems) {
		for (DurableMethod method : bean.type().methods()) {
			DefinitionProblems.Sink sink = problems.on(bean.userName(), bean.type().userClass(), method.method());
			for (ForeignAdvice advice : ForeignAdvice.ALL) {
				String where = where(advice, method.method(), bean.type().userClass());
				if (where != null) {
					refuse(advice, where, method, sink);
				}
			}
		}
	}

	private static void refuse(ForeignAdvice advice, String where, DurableMethod method,
			DefinitionProblems.Sink problems) {
		switch (method) {
			case WorkflowMethod workflow -> advice.refuseOnWorkflow(where, problems);
			case StepMethod step -> refuseOnStep(advice, where, step.method(), problems);
			// Both are reported as what they are.
			case MisplacedSchedule misplaced -> {
			}
			case AmbiguousMethod ambiguous -> {
			}
		}
	}

	/**
	 * Checks a method that is a step without being annotated as one.
	 */
	static void checkStep(Method method, Class<?> userClass, DefinitionProblems.Sink problems) {
		for (ForeignAdvice advice : ForeignAdvice.ALL) {
			String where = where(advice, method, userClass);
			if (where != null) {
				refuseOnStep(advice, where, method, problems);
			}
		}
	}

	private static void refuseOnStep(ForeignAdvice advice, String where, Method method,
			DefinitionProblems.Sink problems) {
		if (!advice.equals(ForeignAdvice.ASYNC) || !isPromise(method.getReturnType())) {
			advice.refuseOnStep(where, problems);
		}
	}

	/** What Spring itself can return of an asynchronous method, and is recorded late. */
	private static boolean isPromise(Class<?> result) {
		return result == CompletableFuture.class || result == CompletionStage.class;
	}

	private static @Nullable String where(ForeignAdvice advice, Method method, Class<?> userClass) {
		MergedAnnotation<?> onMethod = find(advice, MergedAnnotations.from(method, SearchStrategy.TYPE_HIERARCHY));
		if (onMethod != null) {
			return advice.isIdle(onMethod) ? null : describe(onMethod);
		}
		MergedAnnotation<?> onClass = find(advice, MergedAnnotations.from(userClass, SearchStrategy.TYPE_HIERARCHY));
		return (onClass != null && !advice.isIdle(onClass)) ? describe(onClass) + " of its class" : null;
	}

	private static @Nullable MergedAnnotation<?> find(ForeignAdvice advice, MergedAnnotations annotations) {
		return advice.annotations()
			.stream()
			.map((name) -> annotations.get(name))
			.filter(MergedAnnotation::isPresent)
			.findFirst()
			.orElse(null);
	}

	private static String describe(MergedAnnotation<?> annotation) {
		return "@" + annotation.getType().getSimpleName();
	}

}

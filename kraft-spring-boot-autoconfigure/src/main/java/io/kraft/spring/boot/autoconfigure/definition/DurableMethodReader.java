package io.kraft.spring.boot.autoconfigure.definition;

import java.io.Closeable;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

import io.kraft.spring.boot.autoconfigure.definition.DurableMethod.AmbiguousMethod;
import io.kraft.spring.boot.autoconfigure.definition.DurableMethod.MisplacedSchedule;
import io.kraft.spring.boot.autoconfigure.definition.DurableMethod.StepMethod;
import io.kraft.spring.boot.autoconfigure.definition.DurableMethod.WorkflowMethod;
import io.kraft.workflow.Step;
import io.kraft.workflow.Workflow;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.Aware;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/**
 * Determines whether a method of a class is durable. An annotation on the method, or on
 * one that it overrides or implements, wins over one on a type; the nearest type wins
 * over those further up. An annotated type means its public instance methods, without
 * those of {@link Object} and without the container's callbacks.
 */
final class DurableMethodReader {

	private static final Set<Class<?>> CALLBACKS = Set.of(InitializingBean.class, DisposableBean.class, Closeable.class,
			AutoCloseable.class);

	private static final List<String> CALLBACK_ANNOTATIONS = List.of("jakarta.annotation.PostConstruct",
			"jakarta.annotation.PreDestroy", "org.springframework.beans.factory.annotation.Autowired");

	private final Class<?> userClass;

	private final List<Class<?>> types = new ArrayList<>();

	DurableMethodReader(Class<?> userClass) {
		this.userClass = userClass;
		for (Class<?> type = userClass; type != null && type != Object.class; type = type.getSuperclass()) {
			this.types.add(type);
		}
		this.types.addAll(ClassUtils.getAllInterfacesForClassAsSet(userClass));
	}

	@Nullable DurableMethod read(Method method) {
		DurableMethod found = annotated(method, method, SearchStrategy.TYPE_HIERARCHY);
		if (found == null && isCoveredByTypes(method)) {
			found = onType(method);
		}
		return ((found == null || found instanceof StepMethod) && ScheduleReader.isScheduled(method))
				? new MisplacedSchedule(method) : found;
	}

	private @Nullable DurableMethod onType(Method method) {
		for (Class<?> type : this.types) {
			DurableMethod found = annotated(type, method, SearchStrategy.DIRECT);
			if (found != null && hasMethod(type, method)) {
				return found;
			}
		}
		return null;
	}

	private static @Nullable DurableMethod annotated(AnnotatedElement element, Method method, SearchStrategy strategy) {
		MergedAnnotations annotations = MergedAnnotations.from(element, strategy);
		MergedAnnotation<Step> step = annotations.get(Step.class);
		MergedAnnotation<Workflow> workflow = annotations.get(Workflow.class);
		if (step.isPresent() && workflow.isPresent()) {
			return new AmbiguousMethod(method);
		}
		if (step.isPresent()) {
			return new StepMethod(method, step);
		}
		return workflow.isPresent() ? new WorkflowMethod(method, workflow) : null;
	}

	private boolean isCoveredByTypes(Method method) {
		return Modifier.isPublic(method.getModifiers()) && !Modifier.isStatic(method.getModifiers())
				&& !ReflectionUtils.isObjectMethod(method) && !isCallback(method);
	}

	private boolean isCallback(Method method) {
		MergedAnnotations annotations = MergedAnnotations.from(method);
		return CALLBACK_ANNOTATIONS.stream().anyMatch(annotations::isPresent)
				|| this.types.stream().anyMatch((type) -> isCallbackType(type) && hasMethod(type, method));
	}

	private static boolean isCallbackType(Class<?> type) {
		return CALLBACKS.contains(type)
				|| (type.isInterface() && type != Aware.class && Aware.class.isAssignableFrom(type));
	}

	private boolean hasMethod(Class<?> type, Method method) {
		if (type == this.userClass) {
			return true;
		}
		return Arrays.stream(type.getMethods())
			.anyMatch((candidate) -> InvocableMethod.isImplementedBy(method, this.userClass, candidate));
	}

}

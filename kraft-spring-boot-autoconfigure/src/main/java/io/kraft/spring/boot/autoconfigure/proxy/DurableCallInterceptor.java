package io.kraft.spring.boot.autoconfigure.proxy;

import java.lang.reflect.Method;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

import io.kraft.engine.call.DurableCalls;
import io.kraft.engine.definition.StepDefinition;
import io.kraft.engine.definition.WorkflowDefinition;
import io.kraft.spring.boot.autoconfigure.definition.CompensationMethod;
import io.kraft.spring.boot.autoconfigure.definition.DurableMethod;
import io.kraft.spring.boot.autoconfigure.definition.DurableType;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.ProxyMethodInvocation;

/**
 * The outermost advice: passes calls of durable methods to the engine, which proceeds
 * with the rest of the advice once for each attempt. A step is thus journaled only after
 * its transaction has committed, and a replayed one starts none.
 */
final class DurableCallInterceptor implements MethodInterceptor {

	private final DurableType type;

	private final Map<Method, StepDefinition> steps;

	private final Map<Method, CompensationMethod> compensations;

	private final Map<Method, WorkflowDefinition> workflows;

	private final Supplier<DurableCalls> calls;

	DurableCallInterceptor(DurableType type, Map<Method, StepDefinition> steps,
			Map<Method, CompensationMethod> compensations, Map<Method, WorkflowDefinition> workflows,
			Supplier<DurableCalls> calls) {
		this.type = type;
		this.steps = steps;
		this.compensations = compensations;
		this.workflows = workflows;
		this.calls = calls;
	}

	@Override
	public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
		DurableMethod durable = this.type.find(invocation.getMethod());
		StepDefinition step = (durable != null) ? this.steps.get(durable.method()) : null;
		if (durable != null && step != null) {
			return this.calls.get()
				.step(withCompensation(step, durable.method(), invocation), invocation.getArguments(),
						(arguments) -> proceed(invocation, arguments));
		}
		WorkflowDefinition workflow = (durable != null) ? this.workflows.get(durable.method()) : null;
		if (workflow != null) {
			return this.calls.get()
				.workflow(workflow, invocation.getArguments(), () -> proceed(invocation, invocation.getArguments()));
		}
		return invocation.proceed();
	}

	private StepDefinition withCompensation(StepDefinition step, Method method, MethodInvocation invocation) {
		CompensationMethod compensation = this.compensations.get(method);
		if (compensation == null) {
			return step;
		}
		// On this very object: a new prototype would not have its state.
		Object bean = (invocation instanceof ProxyMethodInvocation call) ? call.getProxy() : invocation.getThis();
		return step.withCompensation(compensation.on(Objects.requireNonNull(bean)));
	}

	private static @Nullable Object proceed(MethodInvocation invocation, @Nullable Object[] arguments)
			throws Throwable {
		if (invocation instanceof ProxyMethodInvocation repeatable) {
			// An invocation remembers how far it has come: each attempt needs its own.
			return repeatable.invocableClone(arguments).proceed();
		}
		System.arraycopy(arguments, 0, invocation.getArguments(), 0, arguments.length);
		return invocation.proceed();
	}

}

package io.kraft.spring.boot.autoconfigure.definition;

import java.util.Set;

import io.kraft.spring.boot.autoconfigure.definition.DurableMethod.WorkflowMethod;

/**
 * A run outlives the request that started it, so its bean must not end with that request.
 */
final class ScopeRule implements BeanRule {

	private static final Set<String> SHORT_LIVED = Set.of("request", "session", "websocket");

	@Override
	public void check(DurableBean bean, DefinitionProblems problems) {
		String scope = bean.definition().getScope();
		if (scope == null || !SHORT_LIVED.contains(scope)) {
			return;
		}
		for (DurableMethod method : bean.type().methods()) {
			if (method instanceof WorkflowMethod) {
				problems.on(bean.userName(), bean.type().userClass(), method.method())
					.add("The bean has " + scope + " scope, but a run continues after the " + scope + " has ended.",
							"Give the bean singleton or prototype scope, and pass what belongs to the " + scope
									+ " as an argument.");
			}
		}
	}

}

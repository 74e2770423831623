package io.kraft.engine.testing;

import java.util.function.Function;

import io.kraft.engine.definition.MethodSignature;
import io.kraft.engine.definition.ResultStyle;
import io.kraft.engine.definition.WorkflowDefinition;
import org.jspecify.annotations.Nullable;

/**
 * A workflow method behind a proxy: callers and the engine enter through the engine's
 * calls, as they do with an annotated bean.
 */
public final class ProxiedWorkflow {

	private final TestEngine engine;

	private final WorkflowDefinition definition;

	private final WorkflowDefinition.Body method;

	private ProxiedWorkflow(TestEngine engine, Function<WorkflowDefinition.Body, WorkflowDefinition> definition,
			WorkflowDefinition.Body method) {
		this.engine = engine;
		this.method = method;
		this.definition = definition.apply(this::call);
	}

	/**
	 * Defines a workflow with a random id.
	 */
	public static ProxiedWorkflow define(TestEngine engine, String name, MethodSignature signature,
			WorkflowDefinition.Body method) {
		return define(engine, name, signature, ResultStyle.PLAIN, (arguments) -> null, method);
	}

	public static ProxiedWorkflow define(TestEngine engine, String name, MethodSignature signature,
			ResultStyle resultStyle, Function<@Nullable Object[], @Nullable String> idOf,
			WorkflowDefinition.Body method) {
		return define(engine,
				(body) -> new WorkflowDefinition(name, 1, signature, resultStyle, idOf, null, null, 0, body, null),
				method);
	}

	/**
	 * Defines a workflow.
	 * @param definition makes it of a body that enters as an annotated bean does
	 */
	public static ProxiedWorkflow define(TestEngine engine,
			Function<WorkflowDefinition.Body, WorkflowDefinition> definition, WorkflowDefinition.Body method) {
		ProxiedWorkflow workflow = new ProxiedWorkflow(engine, definition, method);
		engine.workflow(workflow.definition);
		return workflow;
	}

	/**
	 * Calls the method on the bean.
	 */
	@SuppressWarnings({ "unchecked", "TypeParameterUnusedInFormals" })
	public <T extends @Nullable Object> T call(@Nullable Object... arguments) throws Exception {
		try {
			return (T) this.engine.engine()
				.calls()
				.workflow(this.definition, arguments, () -> this.method.call(arguments));
		}
		catch (Exception | Error ex) {
			throw ex;
		}
		catch (Throwable ex) {
			throw new IllegalStateException(ex);
		}
	}

}

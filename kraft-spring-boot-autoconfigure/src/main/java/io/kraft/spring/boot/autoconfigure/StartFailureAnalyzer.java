package io.kraft.spring.boot.autoconfigure;

import io.kraft.client.EngineStoppedException;
import io.kraft.workflow.KraftException;
import io.kraft.workflow.NotInWorkflowException;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanCreationException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.context.ApplicationContextException;

/**
 * Explains every other error of Kraft that a bean's creation or start fails with. Ordered
 * last. Those of an application that has started, such as in a runner, are left with
 * their stack trace.
 */
class StartFailureAnalyzer extends AbstractFailureAnalyzer<KraftException> {

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, KraftException cause) {
		BeanCreationException creation = findCause(rootFailure, BeanCreationException.class);
		if (creation == null && findCause(rootFailure, ApplicationContextException.class) == null) {
			return null;
		}
		String where = (creation != null) ? "Bean '" + innermost(creation).getBeanName() + "' could not be created. "
				: "Kraft could not start. ";
		return new FailureAnalysis(where + cause.getMessage(), action(cause), cause);
	}

	/** The bean itself, not those that depend on it. */
	private static BeanCreationException innermost(BeanCreationException creation) {
		BeanCreationException innermost = creation;
		for (Throwable cause = creation; cause != null; cause = cause.getCause()) {
			innermost = (cause instanceof BeanCreationException inner) ? inner : innermost;
		}
		return innermost;
	}

	private static String action(KraftException cause) {
		return switch (cause) {
			case EngineStoppedException ex ->
				"Call workflows and the WorkflowClient when the application has started: in an ApplicationRunner, or in "
						+ "a listener of ApplicationReadyEvent.";
			case NotInWorkflowException ex ->
				"Use WorkflowContext and StepContext in the methods of the bean that runs call, not while it is created.";
			default -> "See " + cause.link() + ".";
		};
	}

}

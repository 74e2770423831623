package io.kraft.spring.boot.autoconfigure.definition;

import io.kraft.workflow.InvalidDefinitionException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Shows the report of problems instead of a stack trace when the start fails with it.
 */
final class InvalidDefinitionFailureAnalyzer extends AbstractFailureAnalyzer<InvalidDefinitionException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, InvalidDefinitionException cause) {
		return new FailureAnalysis(cause.getMessage(),
				"Apply the fix given for each problem, then restart the application.", cause);
	}

}

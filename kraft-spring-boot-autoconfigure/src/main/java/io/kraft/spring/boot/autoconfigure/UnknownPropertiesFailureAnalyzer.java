package io.kraft.spring.boot.autoconfigure;

import io.kraft.workflow.ErrorDocs;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Explains properties {@code kraft.*} that do not exist.
 */
class UnknownPropertiesFailureAnalyzer extends AbstractFailureAnalyzer<UnknownPropertiesException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, UnknownPropertiesException cause) {
		return new FailureAnalysis(String.valueOf(cause.getMessage()),
				"Correct their names, or remove them. Those that exist: " + ErrorDocs.page("reference/properties.md"),
				cause);
	}

}

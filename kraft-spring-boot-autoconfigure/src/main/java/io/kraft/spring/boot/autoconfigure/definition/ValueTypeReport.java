package io.kraft.spring.boot.autoconfigure.definition;

import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;

import io.kraft.engine.journal.failure.Failures;
import io.kraft.engine.journal.json.TypeCheck;
import io.kraft.spring.boot.autoconfigure.definition.DurableMethod.StepMethod;
import io.kraft.spring.boot.autoconfigure.definition.DurableMethod.WorkflowMethod;
import io.kraft.workflow.ErrorDocs;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * Warns at the start, once and of all beans, of values that may not survive the journal,
 * as far as the declarations of the methods show: what cannot be written or read, what
 * may come back as another type, and declared exceptions that cannot be restored. A
 * warning, because values of subtypes may do better. Enters no code of the application.
 */
public final class ValueTypeReport implements SmartInitializingSingleton {

	private static final Log logger = LogFactory.getLog(ValueTypeReport.class);

	private final DurableBeans beans;

	private final JsonMapper mapper;

	/**
	 * A report that is not made yet.
	 * @param mapper by which values are written and read
	 */
	public ValueTypeReport(DurableBeans beans, JsonMapper mapper) {
		this.beans = beans;
		this.mapper = mapper;
	}

	@Override
	public void afterSingletonsInstantiated() {
		List<String> findings = logger.isWarnEnabled() ? findings() : List.of();
		if (!findings.isEmpty()) {
			StringBuilder report = new StringBuilder("Values that may not survive the journal:\n");
			for (int i = 0; i < findings.size(); i++) {
				report.append("\n").append(i + 1).append(". ").append(findings.get(i)).append("\n");
			}
			logger.warn(report.append("\nSee ").append(ErrorDocs.page("guide/programming-model.md#values")));
		}
	}

	List<String> findings() {
		List<String> findings = new ArrayList<>();
		for (DurableBean bean : this.beans.all()) {
			for (DurableMethod method : bean.type().methods()) {
				if (method instanceof StepMethod || method instanceof WorkflowMethod) {
					check(bean, method, findings);
				}
			}
		}
		return findings;
	}

	private void check(DurableBean bean, DurableMethod method, List<String> findings) {
		String place = "Bean '" + bean.userName() + "', " + bean.type().userClass().getName() + "."
				+ DefinitionProblems.describe(method.method()) + ", ";
		SignatureReader signature = new SignatureReader(bean.type().userClass(), method.method());
		List<Type> parameters = signature.parameterTypes();
		for (int i = 0; i < parameters.size(); i++) {
			check(place + "parameter " + (i + 1), parameters.get(i), findings);
		}
		check(place + "the result", signature.result().valueType(), findings);
		for (Class<? extends Throwable> exception : signature.read().exceptionTypes()) {
			if (!Failures.isRestorable(exception)) {
				findings.add(place + exception.getName() + ": it cannot be restored with a message, so that the caller "
						+ "gets a StepFailedException in its place. Give it a constructor (String) or (String, "
						+ "Throwable).");
			}
		}
	}

	private void check(String place, Type type, List<String> findings) {
		String value = place + " (" + type.getTypeName() + ")";
		TypeCheck.faultsOf(this.mapper, type).forEach((fault) -> findings.add(value + " " + fault));
	}

}

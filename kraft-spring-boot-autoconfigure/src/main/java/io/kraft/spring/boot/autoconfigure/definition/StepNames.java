package io.kraft.spring.boot.autoconfigure.definition;

import java.util.HashSet;
import java.util.Set;

import io.kraft.engine.definition.StepDefinition;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Warns of methods of one bean that share a step name, such as overloads: a replay could
 * not tell one from the other if the code changed.
 */
final class StepNames {

	private static final Log logger = LogFactory.getLog(StepNames.class);

	private final Set<String> seen = new HashSet<>();

	void add(DurableBean bean, StepDefinition step) {
		if (!this.seen.add(bean.name() + "/" + step.name())) {
			logger.warn("Bean '" + bean.userName() + "', " + bean.type() + ": several methods are the step '"
					+ step.name() + "', so a replay cannot tell them apart. Give each a name: @Step(name = \"...\").");
		}
	}

}

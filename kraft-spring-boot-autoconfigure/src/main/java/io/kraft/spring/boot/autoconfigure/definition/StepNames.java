package io.kraft.spring.boot.autoconfigure.definition;

import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.Map;

import io.kraft.engine.definition.StepDefinition;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Warns of methods of one bean that share a step name, such as overloads: a replay could
 * not distinguish them if the code changed.
 */
final class StepNames {

	private static final Log logger = LogFactory.getLog(StepNames.class);

	private final Map<String, Method> seen = new HashMap<>();

	void add(DurableBean bean, Method method, StepDefinition step) {
		Method known = this.seen.putIfAbsent(bean.name() + "/" + step.name(), method);
		// A method may be a step and the compensation of several others.
		if (known != null && !known.equals(method)) {
			logger.warn("Bean '" + bean.userName() + "', " + bean.type() + ": several methods are the step '"
					+ step.name() + "', so a replay cannot distinguish them. Give each a name: @Step(name = \"...\").");
		}
	}

}

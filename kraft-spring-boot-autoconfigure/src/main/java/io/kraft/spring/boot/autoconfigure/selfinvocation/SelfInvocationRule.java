package io.kraft.spring.boot.autoconfigure.selfinvocation;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.kraft.spring.boot.autoconfigure.definition.BeanRule;
import io.kraft.spring.boot.autoconfigure.definition.DefinitionProblems;
import io.kraft.spring.boot.autoconfigure.definition.DurableBean;
import io.kraft.spring.boot.autoconfigure.definition.DurableType;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.aot.AotDetector;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.support.AbstractBeanDefinition;

/**
 * A call of a durable method on {@code this} must be journaled. It is, where Spring makes
 * the object from its class, as a {@link SelfCallClass}; all other such calls are found
 * in the class files.
 */
public final class SelfInvocationRule implements BeanRule {

	private static final String GENERATED = "code that was generated ahead of time (AOT)";

	private static final Log logger = LogFactory.getLog(SelfInvocationRule.class);

	private final SelfInvocation reaction;

	private final Map<DurableType, List<SelfInvocationSite>> sites = new ConcurrentHashMap<>();

	private final Set<DurableType> checked = ConcurrentHashMap.newKeySet();

	/**
	 * A rule that has not checked anything.
	 */
	public SelfInvocationRule(SelfInvocation reaction) {
		this.reaction = reaction;
	}

	@Override
	public void check(DurableBean bean, DefinitionProblems problems) {
		check(bean.userName(), bean.type(), maker(bean), problems);
	}

	/**
	 * Checks an object that turned out not to be made as a {@link SelfCallClass}, unless
	 * its definition already showed it.
	 * @throws io.kraft.workflow.InvalidDefinitionException if it must not be
	 */
	public void checkObject(String bean, DurableType type) {
		if (!this.checked.contains(type)) {
			DefinitionProblems problems = new DefinitionProblems();
			check(bean, type, "something other than Spring's choice of a constructor", problems);
			problems.throwIfAny();
		}
	}

	private void check(String bean, DurableType type, @Nullable String maker, DefinitionProblems problems) {
		if (maker != null) {
			this.checked.add(type);
		}
		if (this.reaction == SelfInvocation.IGNORE) {
			return;
		}
		for (SelfInvocationSite site : this.sites.computeIfAbsent(type, (key) -> new SelfInvocationScan(key).run())) {
			DefinitionProblems.Sink sink = sink(bean, type, site, problems);
			if (site.isSuperCall()) {
				sink.add("It is called on 'super' in " + site.place() + ", and that call cannot be journaled.",
						"Call it on 'this'.");
			}
			else if (maker != null) {
				sink.add(
						"It is called on 'this' in " + site.place()
								+ ", and that call cannot be journaled, because the object is made by " + maker + ".",
						fix(maker, type) + ", or inject the bean into itself (@Lazy) and call it there, or move the "
								+ "method to another bean.");
			}
		}
	}

	private static String fix(String maker, DurableType type) {
		return maker.equals(GENERATED) ? "Start the application without spring.aot.enabled"
				: "Let Spring make the object from its class (@Component, or @Import("
						+ type.userClass().getSimpleName() + ".class) in place of the @Bean method)";
	}

	private DefinitionProblems.Sink sink(String bean, DurableType type, SelfInvocationSite site,
			DefinitionProblems problems) {
		if (this.reaction == SelfInvocation.FAIL) {
			return problems.on(bean, type.userClass(), site.callee());
		}
		return (fault, fix) -> logger.warn("Bean '" + bean + "', " + type + "." + site.callee().getName() + ": " + fault
				+ " It is a plain call. Fix: " + fix);
	}

	/**
	 * Who makes the object, if it is not Spring by the constructor of its class.
	 */
	private @Nullable String maker(DurableBean bean) {
		BeanDefinition definition = bean.definition();
		boolean isSupplied = definition instanceof AbstractBeanDefinition made && made.getInstanceSupplier() != null;
		if (isSupplied && AotDetector.useGeneratedArtifacts()) {
			return GENERATED;
		}
		if (definition.getFactoryMethodName() != null) {
			return "the method " + definition.getFactoryMethodName();
		}
		if (isSupplied) {
			return "an instance supplier";
		}
		String className = definition.getBeanClassName();
		if (className != null && className.contains("$$")) {
			return "Spring as a subclass of its own (@Configuration; set proxyBeanMethods to false)";
		}
		Class<?> userClass = bean.type().userClass();
		if (className != null && !className.equals(userClass.getName())) {
			return "the factory bean " + className;
		}
		return SelfCallClass.isPossible(userClass) ? null : "a constructor that no subclass can call";
	}

}

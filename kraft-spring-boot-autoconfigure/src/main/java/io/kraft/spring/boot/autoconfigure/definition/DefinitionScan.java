package io.kraft.spring.boot.autoconfigure.definition;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.kraft.engine.definition.NamedStep;
import io.kraft.engine.definition.RetryPolicy;
import io.kraft.engine.definition.ScheduleDefinition;
import io.kraft.engine.definition.StepDefinition;
import io.kraft.engine.definition.WorkflowDefinition;
import io.kraft.spring.boot.autoconfigure.definition.DurableMethod.AmbiguousMethod;
import io.kraft.spring.boot.autoconfigure.definition.DurableMethod.MisplacedSchedule;
import io.kraft.spring.boot.autoconfigure.definition.DurableMethod.StepMethod;
import io.kraft.spring.boot.autoconfigure.definition.DurableMethod.WorkflowMethod;
import io.kraft.spring.boot.autoconfigure.property.Overrides;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.BeansException;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * Reads the beans of an application from their definitions and creates none of them: a
 * lazy bean stays lazy, and problems are reported before anything runs.
 */
public final class DefinitionScan {

	private static final Log logger = LogFactory.getLog(DefinitionScan.class);

	private final ConfigurableListableBeanFactory beanFactory;

	private final DurableTypes types;

	private final List<BeanRule> rules = new ArrayList<>(
			List.of(new InterceptionRule(), new ScopeRule(), new ValueTypeRule(), new AdviceRule()));

	private final Overrides overrides;

	private final DefinitionProblems problems = new DefinitionProblems();

	private final StepNames stepNames = new StepNames();

	private final ScheduleVersions schedules = new ScheduleVersions();

	private final List<NamedStep> steps = new ArrayList<>();

	private final Set<String> compensations = new LinkedHashSet<>();

	private final Map<String, DurableBean> beans = new LinkedHashMap<>();

	private final Map<String, Map<Method, WorkflowDefinition>> workflows = new LinkedHashMap<>();

	/**
	 * A scan, to be run once.
	 * @param overrides properties that replace attributes of annotations
	 * @param furtherRules checked on each bean, besides those that are always checked
	 */
	public DefinitionScan(ConfigurableListableBeanFactory beanFactory, DurableTypes types, Overrides overrides,
			List<? extends BeanRule> furtherRules) {
		this.beanFactory = beanFactory;
		this.types = types;
		this.overrides = overrides;
		this.rules.addAll(furtherRules);
	}

	/**
	 * Scans all definitions.
	 * @throws io.kraft.workflow.InvalidDefinitionException lists all problems of all
	 * beans
	 */
	public DurableBeans run() {
		// Others have changed definitions since, such as that of a @Configuration class.
		this.beanFactory.clearMetadataCache();
		for (String name : this.beanFactory.getBeanDefinitionNames()) {
			Class<?> type = isScopedProxy(name) ? null : typeOf(name);
			if (type != null) {
				scan(name, type);
			}
		}
		WorkflowNames.check(this.beans, this.workflows, this.problems);
		List<ScheduleDefinition> schedules = this.schedules.check(
				this.workflows.values().stream().flatMap((methods) -> methods.values().stream()).toList(),
				this.problems);
		this.problems.throwIfAny();
		return new DurableBeans(this.beans, this.workflows, this.steps, this.compensations, schedules);
	}

	private void scan(String name, Class<?> beanClass) {
		DurableType type = this.types.of(beanClass);
		BeanDefinition definition = this.beanFactory.getMergedBeanDefinition(name);
		if (type.isEmpty() || definition.isAbstract()) {
			return;
		}
		boolean isThere = this.beanFactory.containsSingleton(name);
		boolean isStepsOfTest = definition.hasAttribute(DurableBeans.REPLACED_BY_TEST)
				&& type.methods().stream().allMatch(StepMethod.class::isInstance);
		if (isThere && !isStepsOfTest) {
			logger.warn("Bean '" + name + "' was there before the application's beans are made (a mock of a test?): "
					+ "calls of its methods are not durable.");
			return;
		}
		DurableBean bean = new DurableBean(name, type, definition);
		this.beans.put(name, bean);
		if (!isThere) {
			this.rules.forEach((rule) -> rule.check(bean, this.problems));
		}
		this.workflows.put(name, read(bean));
	}

	private Map<Method, WorkflowDefinition> read(DurableBean bean) {
		Placeholders placeholders = Placeholders.of(this.beanFactory);
		WorkflowReader workflowReader = new WorkflowReader(this.beanFactory, this.overrides, placeholders);
		// The defaults are a bean; here only the step's own attributes are checked.
		StepReader stepReader = new StepReader(RetryPolicy.defaults(), this.overrides, placeholders);
		ScheduleReader scheduleReader = new ScheduleReader(placeholders);
		CompensationReader compensationReader = new CompensationReader(stepReader);
		Map<Method, WorkflowDefinition> found = new LinkedHashMap<>();
		for (DurableMethod method : bean.type().methods()) {
			DefinitionProblems.Sink sink = this.problems.on(bean.userName(), bean.type().userClass(), method.method());
			switch (method) {
				case WorkflowMethod workflow -> {
					WorkflowDefinition definition = workflowReader.read(bean, workflow, sink);
					found.put(method.method(), definition);
					scheduleReader.read(workflow, definition, sink)
						.ifPresent((schedule) -> this.schedules.add(bean, method.method(), definition, schedule));
				}
				case MisplacedSchedule misplaced -> sink.add("The method has a @Schedule, but is not a @Workflow.",
						"Put @Workflow on it, too; its steps go into methods of their own.");
				case StepMethod step -> {
					StepDefinition definition = stepReader.read(bean.type(), step, sink);
					this.stepNames.add(bean, step.method(), definition);
					this.steps.add(named(bean, step, definition));
					// Where the object is of another class, that is where the method is.
					if (!Modifier.isAbstract(bean.type().userClass().getModifiers())) {
						compensationReader.read(bean.type(), step, sink).ifPresent((compensation) -> {
							this.stepNames.add(bean, compensation.method(), compensation.step());
							this.compensations.add(compensation.step().name());
						});
					}
				}
				case AmbiguousMethod ambiguous -> {
				}
			}
		}
		return found;
	}

	private NamedStep named(DurableBean bean, StepMethod step, StepDefinition definition) {
		BeanMethodBody body = new BeanMethodBody(this.beanFactory, bean.name(), bean.type().userClass(), step.method());
		String origin = "bean '" + bean.userName() + "', " + DefinitionProblems.describe(step.method());
		return new NamedStep(definition, origin, body::call);
	}

	private boolean isScopedProxy(String name) {
		return this.beanFactory.containsBeanDefinition(ScopedProxyUtils.getTargetBeanName(name));
	}

	private @Nullable Class<?> typeOf(String name) {
		try {
			return this.beanFactory.getType(name, false);
		}
		catch (BeansException | LinkageError ex) {
			logger.debug("Cannot determine the type of bean '" + name + "'", ex);
			return null;
		}
	}

}

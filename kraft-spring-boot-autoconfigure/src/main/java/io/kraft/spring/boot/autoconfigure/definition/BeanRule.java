package io.kraft.spring.boot.autoconfigure.definition;

/**
 * A rule for beans with durable methods.
 */
@FunctionalInterface
public interface BeanRule {

	/**
	 * Reports where the bean violates it.
	 */
	void check(DurableBean bean, DefinitionProblems problems);

}

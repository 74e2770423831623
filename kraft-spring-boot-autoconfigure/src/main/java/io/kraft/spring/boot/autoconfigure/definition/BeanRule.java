package io.kraft.spring.boot.autoconfigure.definition;

/**
 * Something that a bean with durable methods must keep.
 */
@FunctionalInterface
public interface BeanRule {

	/**
	 * Reports where the bean does not keep it.
	 */
	void check(DurableBean bean, DefinitionProblems problems);

}

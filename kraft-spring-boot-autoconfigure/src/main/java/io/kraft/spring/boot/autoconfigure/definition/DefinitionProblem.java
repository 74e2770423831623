package io.kraft.spring.boot.autoconfigure.definition;

import java.util.Comparator;

import org.jspecify.annotations.Nullable;

/**
 * Something that keeps a method from being durable.
 *
 * @param bean name of the bean
 * @param type name of its class
 * @param method name and parameter types; null means the whole class
 * @param fault what is wrong, as a sentence
 * @param fix what to do, as a sentence
 */
public record DefinitionProblem(String bean, String type, @Nullable String method, String fault,
		String fix) implements Comparable<DefinitionProblem> {

	private static final Comparator<DefinitionProblem> ORDER = Comparator.comparing(DefinitionProblem::bean)
		.thenComparing(DefinitionProblem::place)
		.thenComparing(DefinitionProblem::fault)
		.thenComparing(DefinitionProblem::fix);

	private String place() {
		return (this.method != null) ? this.type + "." + this.method : this.type;
	}

	@Override
	public int compareTo(DefinitionProblem other) {
		return ORDER.compare(this, other);
	}

	@Override
	public String toString() {
		return "Bean '" + this.bean + "', " + place() + ": " + this.fault + " Fix: " + this.fix;
	}

}

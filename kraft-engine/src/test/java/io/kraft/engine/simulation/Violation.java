package io.kraft.engine.simulation;

/**
 * Something that must not be.
 *
 * @param kind which invariant was broken, the same for the same kind of fault
 * @param message what was found
 */
public record Violation(String kind, String message) {

	@Override
	public String toString() {
		return this.kind + ": " + this.message;
	}

}

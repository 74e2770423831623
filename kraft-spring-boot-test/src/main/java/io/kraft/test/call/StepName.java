package io.kraft.test.call;

/**
 * How tests name steps: by the name that the journal holds, or, of a step that was not
 * given one, by its method alone: {@code charge} for {@code Payments.charge}.
 */
public final class StepName {

	private StepName() {
	}

	/**
	 * Whether a step is meant.
	 * @param name that a test uses
	 * @param step its name in the journal
	 */
	public static boolean isMeant(String name, String step) {
		return step.equals(name) || step.endsWith("." + name);
	}

}

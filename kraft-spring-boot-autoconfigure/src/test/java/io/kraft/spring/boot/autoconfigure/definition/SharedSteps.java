package io.kraft.spring.boot.autoconfigure.definition;

import io.kraft.workflow.Step;

/**
 * A step that classes of other packages inherit, and a method that they do not.
 */
public abstract class SharedSteps {

	@Step
	protected void shared() {
	}

	void hiddenUndo() {
	}

}

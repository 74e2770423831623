package io.kraft.spring.boot.autoconfigure.definition;

import io.kraft.workflow.Step;

/**
 * A step that classes of other packages cannot override.
 */
public abstract class HiddenSteps {

	@Step
	void hidden() {
	}

}

package io.kraft.spring.boot.autoconfigure.observation;

import java.util.Locale;

import io.kraft.engine.observation.AttemptOutcome;
import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;

/**
 * Tags of few values, for meters: the workflow, the step, and how the attempt ended. The
 * run's id and the number of the attempt are for spans only.
 */
final class DefaultStepObservationConvention implements StepObservationConvention {

	@Override
	public String getName() {
		return "kraft.step";
	}

	@Override
	public String getContextualName(StepObservationContext context) {
		return "step " + context.step();
	}

	@Override
	public KeyValues getLowCardinalityKeyValues(StepObservationContext context) {
		AttemptOutcome outcome = context.outcome();
		return KeyValues.of(KeyValue.of("workflow", context.run().workflow()), KeyValue.of("step", context.step()),
				KeyValue.of("outcome", (outcome != null) ? outcome.name().toLowerCase(Locale.ROOT) : "none"));
	}

	@Override
	public KeyValues getHighCardinalityKeyValues(StepObservationContext context) {
		return KeyValues.of(KeyValue.of("kraft.workflow.id", context.run().id()),
				KeyValue.of("kraft.step.attempt", Integer.toString(context.attempt())));
	}

}

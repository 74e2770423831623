package io.kraft.spring.boot.autoconfigure.observation;

import java.util.Locale;

import io.kraft.engine.observation.ObservedRun;
import io.kraft.engine.observation.RunOutcome;
import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;

/**
 * Tags of few values, for meters: the workflow, its version, and how the run left memory.
 * The run's id, of many values, is for spans only.
 */
final class DefaultWorkflowObservationConvention implements WorkflowObservationConvention {

	@Override
	public String getName() {
		return "kraft.workflow";
	}

	@Override
	public String getContextualName(WorkflowObservationContext context) {
		return "workflow " + context.run().workflow();
	}

	@Override
	public KeyValues getLowCardinalityKeyValues(WorkflowObservationContext context) {
		ObservedRun run = context.run();
		RunOutcome outcome = context.outcome();
		return KeyValues.of(KeyValue.of("workflow", run.workflow()),
				KeyValue.of("version", Integer.toString(run.version())),
				KeyValue.of("outcome", (outcome != null) ? outcome.name().toLowerCase(Locale.ROOT) : "none"));
	}

	@Override
	public KeyValues getHighCardinalityKeyValues(WorkflowObservationContext context) {
		return KeyValues.of(KeyValue.of("kraft.workflow.id", context.run().id()));
	}

}

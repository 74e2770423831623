package io.kraft.spring.boot.autoconfigure.observation;

import io.micrometer.observation.GlobalObservationConvention;
import io.micrometer.observation.Observation;

/**
 * Names and tags of the observation {@code kraft.workflow}. A bean of this type replaces
 * the default one.
 */
public interface WorkflowObservationConvention extends GlobalObservationConvention<WorkflowObservationContext> {

	@Override
	default boolean supportsContext(Observation.Context context) {
		return context instanceof WorkflowObservationContext;
	}

}

package io.kraft.spring.boot.autoconfigure.observation;

import io.micrometer.observation.GlobalObservationConvention;
import io.micrometer.observation.Observation;

/**
 * Names and tags of the observation {@code kraft.step}. A bean of this type replaces the
 * default one.
 */
public interface StepObservationConvention extends GlobalObservationConvention<StepObservationContext> {

	@Override
	default boolean supportsContext(Observation.Context context) {
		return context instanceof StepObservationContext;
	}

}

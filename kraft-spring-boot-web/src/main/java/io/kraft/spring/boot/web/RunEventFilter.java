package io.kraft.spring.boot.web;

import java.util.List;
import java.util.Optional;

import io.kraft.client.WorkflowDescription;
import io.kraft.client.WorkflowStatus;

import org.springframework.util.MultiValueMap;

/**
 * Which run events are published; what is empty lets all through.
 */
record RunEventFilter(Optional<String> name, List<WorkflowStatus> statuses, Optional<String> id) {

	static RunEventFilter of(MultiValueMap<String, String> parameters) {
		return new RunEventFilter(Parameters.first(parameters, "name"), Parameters.statuses(parameters),
				Parameters.first(parameters, "id"));
	}

	boolean matches(WorkflowDescription run) {
		return this.name.filter((name) -> !name.equals(run.name())).isEmpty()
				&& (this.statuses.isEmpty() || this.statuses.contains(run.status()))
				&& this.id.filter((id) -> !id.equals(run.id())).isEmpty();
	}

}

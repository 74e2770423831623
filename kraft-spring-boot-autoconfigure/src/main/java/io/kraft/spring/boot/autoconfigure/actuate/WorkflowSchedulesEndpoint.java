package io.kraft.spring.boot.autoconfigure.actuate;

import java.util.List;

import io.kraft.client.WorkflowClient;
import io.kraft.spring.boot.autoconfigure.actuate.SchedulesDescriptor.Schedule;

import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

/**
 * Lists schedules, and lets an operator pause, resume and trigger them.
 */
@Endpoint(id = "workflowschedules", defaultAccess = Access.READ_ONLY)
public final class WorkflowSchedulesEndpoint {

	private final WorkflowClient client;

	/**
	 * An endpoint above the given client.
	 */
	public WorkflowSchedulesEndpoint(WorkflowClient client) {
		this.client = client;
	}

	/**
	 * All schedules of the application.
	 */
	@ReadOperation
	public SchedulesDescriptor schedules() {
		return new SchedulesDescriptor(this.client.schedules().stream().map(Schedule::of).toList());
	}

	/**
	 * Applies an action to a schedule; durable when it returns.
	 * @param action {@code pause}, {@code resume} or {@code trigger}
	 * @return the schedule afterwards; for a trigger, the run that was started
	 */
	@WriteOperation
	public OperationResponseBody act(@Selector String name, @Selector String action) {
		switch (action) {
			case "pause" -> this.client.pauseSchedule(name);
			case "resume" -> this.client.resumeSchedule(name);
			case "trigger" -> {
				return WorkflowDescriptor.of(this.client.triggerSchedule(name).describe());
			}
			default -> throw NothingFoundException.unknown("action", action, List.of("pause", "resume", "trigger"));
		}
		return this.client.schedules()
			.stream()
			.filter((schedule) -> schedule.name().equals(name))
			.findFirst()
			.map(Schedule::of)
			.orElseThrow();
	}

}

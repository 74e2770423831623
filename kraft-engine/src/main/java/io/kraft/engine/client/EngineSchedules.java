package io.kraft.engine.client;

import java.util.Comparator;
import java.util.List;

import io.kraft.client.RequiredArgument;
import io.kraft.client.ScheduleDescription;
import io.kraft.client.ScheduleOperations;
import io.kraft.client.WorkflowHandle;
import io.kraft.engine.schedule.Schedules;
import org.jspecify.annotations.Nullable;

/**
 * Shows and operates the schedules of an engine.
 */
final class EngineSchedules implements ScheduleOperations {

	private final ClientCalls calls;

	EngineSchedules(ClientCalls calls) {
		this.calls = calls;
	}

	@Override
	public List<ScheduleDescription> schedules() {
		return this.calls.partitions()
			.each()
			.stream()
			.flatMap((partition) -> partition.schedules().descriptions().stream())
			.sorted(Comparator.comparing(ScheduleDescription::name))
			.toList();
	}

	@Override
	public void pauseSchedule(String name) {
		RequiredArgument.check("WorkflowClient.pauseSchedule", "name", name);
		this.calls.checkChange("WorkflowClient.pauseSchedule(…)");
		home(name).pause(name);
	}

	@Override
	public void resumeSchedule(String name) {
		RequiredArgument.check("WorkflowClient.resumeSchedule", "name", name);
		this.calls.checkChange("WorkflowClient.resumeSchedule(…)");
		home(name).resume(name);
	}

	/** Its partition knows it, if the application has it; each knows the names of all. */
	private Schedules home(String name) {
		return this.calls.partitions().ofSchedule(name).schedules();
	}

	@Override
	public WorkflowHandle<@Nullable Object> triggerSchedule(String name) {
		RequiredArgument.check("WorkflowClient.triggerSchedule", "name", name);
		this.calls.checkChange("WorkflowClient.triggerSchedule(…)");
		return this.calls.handle(home(name).trigger(name));
	}

}

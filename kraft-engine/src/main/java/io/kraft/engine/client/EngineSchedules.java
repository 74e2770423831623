package io.kraft.engine.client;

import java.util.Comparator;
import java.util.List;

import io.kraft.client.RequiredArgument;
import io.kraft.client.ScheduleDescription;
import io.kraft.client.ScheduleOperations;
import io.kraft.client.WorkflowHandle;
import io.kraft.engine.routing.Call;
import io.kraft.engine.routing.RunService;
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
		return this.calls.all()
			.stream()
			.flatMap((partition) -> partition.schedules(Call.OWN).stream())
			.sorted(Comparator.comparing(ScheduleDescription::name))
			.toList();
	}

	@Override
	public void pauseSchedule(String name) {
		RequiredArgument.check("WorkflowClient.pauseSchedule", "name", name);
		this.calls.checkChange("WorkflowClient.pauseSchedule(…)");
		home(name).pauseSchedule(Call.OWN, name);
	}

	@Override
	public void resumeSchedule(String name) {
		RequiredArgument.check("WorkflowClient.resumeSchedule", "name", name);
		this.calls.checkChange("WorkflowClient.resumeSchedule(…)");
		home(name).resumeSchedule(Call.OWN, name);
	}

	/** Its partition knows it, if the application has it; each knows the names of all. */
	private RunService home(String name) {
		return this.calls.routing().ofSchedule(name);
	}

	@Override
	public WorkflowHandle<@Nullable Object> triggerSchedule(String name) {
		RequiredArgument.check("WorkflowClient.triggerSchedule", "name", name);
		this.calls.checkChange("WorkflowClient.triggerSchedule(…)");
		return this.calls.handle(home(name).triggerSchedule(Call.OWN, name));
	}

}

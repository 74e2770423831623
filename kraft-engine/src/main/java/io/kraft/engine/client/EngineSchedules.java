package io.kraft.engine.client;

import java.util.List;
import java.util.function.Supplier;

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

	private final Supplier<Schedules> schedules;

	EngineSchedules(ClientCalls calls, Supplier<Schedules> schedules) {
		this.calls = calls;
		this.schedules = schedules;
	}

	@Override
	public List<ScheduleDescription> schedules() {
		return this.schedules.get().descriptions();
	}

	@Override
	public void pauseSchedule(String name) {
		RequiredArgument.check("WorkflowClient.pauseSchedule", "name", name);
		this.calls.checkChange("WorkflowClient.pauseSchedule(…)");
		this.schedules.get().pause(name);
	}

	@Override
	public void resumeSchedule(String name) {
		RequiredArgument.check("WorkflowClient.resumeSchedule", "name", name);
		this.calls.checkChange("WorkflowClient.resumeSchedule(…)");
		this.schedules.get().resume(name);
	}

	@Override
	public WorkflowHandle<@Nullable Object> triggerSchedule(String name) {
		RequiredArgument.check("WorkflowClient.triggerSchedule", "name", name);
		this.calls.checkChange("WorkflowClient.triggerSchedule(…)");
		return this.calls.handle(this.schedules.get().trigger(name));
	}

}

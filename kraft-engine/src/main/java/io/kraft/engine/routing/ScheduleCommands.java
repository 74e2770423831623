package io.kraft.engine.routing;

import java.util.List;

import io.kraft.client.ScheduleDescription;
import io.kraft.client.ScheduleNotFoundException;

/**
 * What callers read of the schedules whose home a partition is, and do to them; durable
 * when a method returns.
 */
public interface ScheduleCommands {

	/**
	 * All of them, in the order of their names.
	 */
	List<ScheduleDescription> schedules(Call call);

	/**
	 * Pauses a schedule.
	 * @throws ScheduleNotFoundException if there is none of that name
	 */
	void pauseSchedule(Call call, String name);

	/**
	 * Resumes a schedule.
	 * @throws ScheduleNotFoundException if there is none of that name
	 */
	void resumeSchedule(Call call, String name);

	/**
	 * Starts a run outside of the fire times.
	 * @return its id
	 * @throws ScheduleNotFoundException if there is none of that name
	 */
	String triggerSchedule(Call call, String name);

}

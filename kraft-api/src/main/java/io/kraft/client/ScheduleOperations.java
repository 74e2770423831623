package io.kraft.client;

import java.util.List;

import io.kraft.workflow.InvalidCallException;
import org.jspecify.annotations.Nullable;

/**
 * Shows and operates the schedules of this application. Thread-safe. What blocks is
 * refused on a thread that must not. A null for an argument that is not declared to take
 * one is an {@link InvalidCallException}.
 *
 * @since 0.1.0
 */
public interface ScheduleOperations {

	/**
	 * The schedules of this application, in the order of their names.
	 */
	List<ScheduleDescription> schedules();

	/**
	 * Pauses a schedule until it is resumed, also across restarts; durable when it
	 * returns. Its runs continue. A schedule that is paused stays so.
	 * @throws ScheduleNotFoundException if the name is unknown
	 */
	void pauseSchedule(String name);

	/**
	 * Resumes a paused schedule with its next fire time from now; misfires during the
	 * pause are not caught up. Durable when it returns. One that is not paused stays as
	 * it is.
	 * @throws ScheduleNotFoundException if the name is unknown
	 */
	void resumeSchedule(String name);

	/**
	 * Starts one run of a schedule's workflow now, independent of its fire times: also
	 * while the schedule is paused, or another run of it has not ended. A fire time that
	 * the workflow takes as its parameter is the present time.
	 * @return the run, with the id {@code <name>@manual-<uuid>}
	 * @throws ScheduleNotFoundException if the name is unknown
	 */
	WorkflowHandle<@Nullable Object> triggerSchedule(String name);

}

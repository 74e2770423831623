package io.kraft.spring.boot.autoconfigure.actuate;

import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.kraft.client.ScheduleDescription;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * The schedules of the application.
 *
 * @param schedules in the order of their names
 */
public record SchedulesDescriptor(List<Schedule> schedules) implements OperationResponseBody {

	/**
	 * A schedule, with the components of {@link ScheduleDescription}; what is not known
	 * is null.
	 */
	@JsonInclude(JsonInclude.Include.ALWAYS)
	public record Schedule(String name, String workflow, String description, String zone, boolean paused,
			@Nullable Instant lastTick, @Nullable Instant nextTick) implements OperationResponseBody {

		static Schedule of(ScheduleDescription schedule) {
			return new Schedule(schedule.name(), schedule.workflow(), schedule.description(), schedule.zone().getId(),
					schedule.paused(), schedule.lastTick(), schedule.nextTick());
		}

	}

}

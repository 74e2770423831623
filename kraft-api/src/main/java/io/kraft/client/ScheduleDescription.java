package io.kraft.client;

import java.time.Instant;
import java.time.ZoneId;

import org.jspecify.annotations.Nullable;

/**
 * What is known of a schedule: a snapshot.
 *
 * @param name by which it is paused and resumed: that of its workflow
 * @param workflow name of the workflow that it starts
 * @param description its fire times: {@code cron 0 0 3 * * *} or {@code every 10m}
 * @param zone in which its cron expression is read
 * @param paused whether it is paused
 * @param lastTick the last fire time that was recorded, as run or as skipped; null before
 * the first
 * @param nextTick the next fire time; null while it is paused, and if it has no more
 * @since 0.1.0
 */
public record ScheduleDescription(String name, String workflow, String description, ZoneId zone, boolean paused,
		@Nullable Instant lastTick, @Nullable Instant nextTick) {
}

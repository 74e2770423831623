package io.kraft.client;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * One operation of a run as its journal holds it, for display. Payloads are JSON texts.
 *
 * @param position path of the operation, such as {@code 3} or {@code 3.2}; empty for the
 * run's own start and end
 * @param kind {@code start}, {@code step}, {@code side-effect}, {@code timer},
 * {@code time}, {@code uuid}, {@code state}, {@code signal}, {@code signal-sent},
 * {@code callback}, {@code callback-wait}, {@code published}, {@code branch},
 * {@code await}, {@code all-of}, {@code any-of}, {@code first-success}, {@code child},
 * {@code on-failure}, {@code undo} or {@code end}
 * @param name of the step, the side effect, the state key; the workflow's for start and
 * end
 * @param arguments as JSON array; null where they are not recorded
 * @param outcome the recorded value as JSON; null while it has none, and for failures
 * @param failure type and message of the exception that it ended with; else null
 * @param attempts recorded so far; 0 where the notion does not apply
 * @param startedAt when the (last) attempt began; of a timer, when it was set
 * @param finishedAt when the outcome was recorded; null before
 * @param dueAt when a timer or a waiting retry is due; else null
 * @since 0.1.0
 */
public record OperationView(String position, String kind, String name, @Nullable String arguments,
		@Nullable String outcome, @Nullable String failure, int attempts, Instant startedAt,
		@Nullable Instant finishedAt, @Nullable Instant dueAt) {
}

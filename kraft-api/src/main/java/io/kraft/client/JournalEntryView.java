package io.kraft.client;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * One entry of a run's journal, for display. Payloads are JSON texts.
 *
 * @param sequence where it stands in the journal, from 0
 * @param fact what it records, such as {@code run-started}, {@code step-completed},
 * {@code step-attempt-failed}, {@code timer-set}, {@code run-ended}: the name of the
 * entry in the journal's format, in lower case with hyphens
 * @param position path of the operation that it is about, as
 * {@link OperationView#position()}; empty if it is about the run
 * @param kind of that operation, as {@link OperationView#kind()}; empty if it is about
 * the run
 * @param name of the step, the signal, …; empty where it has none
 * @param arguments as JSON array; null where they are not recorded
 * @param outcome the recorded value as JSON; null if it has none, and for failures
 * @param failure type and message of the recorded failure; else null
 * @param attempt of a step, from 1; else 0
 * @param dueAt when the timer or the retry that it sets is due; else null
 * @param at when the fact was established
 * @since 0.1.0
 */
public record JournalEntryView(int sequence, String fact, String position, String kind, String name,
		@Nullable String arguments, @Nullable String outcome, @Nullable String failure, int attempt,
		@Nullable Instant dueAt, Instant at) {
}

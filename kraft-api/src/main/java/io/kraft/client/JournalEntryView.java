package io.kraft.client;

import java.time.Instant;
import java.util.Optional;

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
 * @param arguments as JSON array, where they are recorded
 * @param outcome the recorded value as JSON; empty if it has none, and for failures
 * @param failure type and message of the recorded failure
 * @param attempt of a step, from 1; else 0
 * @param dueAt when the timer or the retry that it sets is due
 * @param at when the fact was established
 */
public record JournalEntryView(int sequence, String fact, String position, String kind, String name,
		Optional<String> arguments, Optional<String> outcome, Optional<String> failure, int attempt,
		Optional<Instant> dueAt, Instant at) {
}

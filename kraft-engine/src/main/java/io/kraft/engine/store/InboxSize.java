package io.kraft.engine.store;

/**
 * How much waits in the inbox of a run.
 *
 * @param messages how many there are
 * @param bytes that their names and what they carry take, about
 */
public record InboxSize(long messages, long bytes) {
}

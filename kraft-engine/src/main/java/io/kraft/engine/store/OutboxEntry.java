package io.kraft.engine.store;

/**
 * A row in the outbox, with its place in the channel.
 *
 * @param sequence from 1, one more with each row of a channel
 */
public record OutboxEntry(long sequence, OutboxRow row) {
}

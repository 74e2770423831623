/**
 * The channels between partitions, at both ends: what to send, what to take, and what
 * follows from a refusal. Decisions only: no threads, no clock, no store.
 */
@NullMarked
package io.kraft.engine.message.channel;

import org.jspecify.annotations.NullMarked;

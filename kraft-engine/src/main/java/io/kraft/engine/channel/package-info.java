/**
 * The channels between partitions at work: rows of the outbox are sent, and taken with
 * their effect.
 */
@NullMarked
package io.kraft.engine.channel;

import org.jspecify.annotations.NullMarked;

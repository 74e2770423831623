/**
 * Which nodes there are, and which of them answer: SWIM (Das, Gupta, Motivala, 2002) as a
 * state machine without clock, thread or network. Membership decides nothing about who
 * owns a partition.
 */
@NullMarked
package io.kraft.cluster.membership;

import org.jspecify.annotations.NullMarked;

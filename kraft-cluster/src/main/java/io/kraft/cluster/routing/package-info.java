/**
 * How calls reach the leader of a partition, on this node or another one: frames, the
 * server that answers them, and the caller that repeats them until there is an answer.
 * Knows a transport by its extension point only.
 */
@NullMarked
package io.kraft.cluster.routing;

import org.jspecify.annotations.NullMarked;

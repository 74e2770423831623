/**
 * On which nodes replicas and leaders belong, and by which steps they come there. Pure:
 * the same input has the same result on each node.
 */
@NullMarked
package io.kraft.cluster.placement;

import org.jspecify.annotations.NullMarked;

/**
 * What a cluster has recorded of itself, the commands that change it, and how a cluster
 * comes to be.
 */
@NullMarked
package io.kraft.cluster.management;

import org.jspecify.annotations.NullMarked;

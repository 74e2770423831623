/**
 * Replicas on disk: the only package that names the store that they are in.
 */
@NullMarked
package io.kraft.cluster.replication.disk;

import org.jspecify.annotations.NullMarked;

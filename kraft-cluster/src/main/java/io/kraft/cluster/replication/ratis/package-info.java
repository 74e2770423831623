/**
 * The replicated log on Apache Ratis: the only package that knows its server.
 */
@NullMarked
package io.kraft.cluster.replication.ratis;

import org.jspecify.annotations.NullMarked;

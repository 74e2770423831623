@NullMarked
package io.kraft.cluster.replication.ratis;

import org.jspecify.annotations.NullMarked;

@NullMarked
package io.kraft.cluster.replication;

import org.jspecify.annotations.NullMarked;

/**
 * Where a node looks for others that it does not know yet.
 */
@NullMarked
package io.kraft.cluster.discovery;

import org.jspecify.annotations.NullMarked;

/**
 * How nodes call each other: the extension point behind which a network is, and what is
 * refused of what comes from it.
 */
@NullMarked
package io.kraft.cluster.transport;

import org.jspecify.annotations.NullMarked;

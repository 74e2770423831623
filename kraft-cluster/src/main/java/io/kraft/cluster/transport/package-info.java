/**
 * How nodes call each other: requests and answers as bytes, on one port of each node.
 * What they mean is up to the packages above.
 */
@NullMarked
package io.kraft.cluster.transport;

import org.jspecify.annotations.NullMarked;

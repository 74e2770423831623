/**
 * What every transport must do.
 */
@NullMarked
package io.kraft.cluster.transport;

import org.jspecify.annotations.NullMarked;

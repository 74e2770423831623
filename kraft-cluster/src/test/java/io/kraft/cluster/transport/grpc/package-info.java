/**
 * Calls over real sockets: what fails, what is known then, and what peers cannot do.
 */
@NullMarked
package io.kraft.cluster.transport.grpc;

import org.jspecify.annotations.NullMarked;

/**
 * Calls between nodes over gRPC, on the port that Raft listens on. The only package that
 * knows gRPC.
 */
@NullMarked
package io.kraft.cluster.transport.grpc;

import org.jspecify.annotations.NullMarked;

/**
 * How nodes of a cluster know each other: a shared secret becomes a key pair that all of
 * them have, and each connection is TLS between two who have it.
 */
@NullMarked
package io.kraft.cluster.security;

import org.jspecify.annotations.NullMarked;

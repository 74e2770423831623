/**
 * Real handshakes between nodes.
 */
@NullMarked
package io.kraft.cluster.security;

import org.jspecify.annotations.NullMarked;

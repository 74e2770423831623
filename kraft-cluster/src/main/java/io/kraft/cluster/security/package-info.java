/**
 * How nodes of a cluster know each other: mutual TLS by a key pair that is made of a
 * shared secret, or by certificates that are given.
 */
@NullMarked
package io.kraft.cluster.security;

import org.jspecify.annotations.NullMarked;

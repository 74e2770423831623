/**
 * The partitions that a node hosts: taking one, losing one, and what they share.
 */
@NullMarked
package io.kraft.engine.hosting;

import org.jspecify.annotations.NullMarked;

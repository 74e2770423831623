/**
 * Which partitions a node owns: those whose groups it leads, from the opening of a fence
 * to the first doubt.
 */
@NullMarked
package io.kraft.cluster.ownership;

import org.jspecify.annotations.NullMarked;

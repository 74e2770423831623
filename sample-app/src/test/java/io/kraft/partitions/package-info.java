/**
 * The sample with several partitions, as real processes that are killed.
 */
@NullMarked
package io.kraft.partitions;

import org.jspecify.annotations.NullMarked;

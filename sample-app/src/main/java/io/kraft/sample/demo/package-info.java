/**
 * One small class for each use of durable workflows. Start the sample with
 * {@code --demo=<name>}; the names are those of the beans.
 */
@NullMarked
package io.kraft.sample.demo;

import org.jspecify.annotations.NullMarked;

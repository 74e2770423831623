/**
 * One small class for each thing that durable workflows are used for. Start the sample
 * with {@code --demo=<name>}; the names are those of the beans.
 */
@NullMarked
package io.kraft.sample.demo;

import org.jspecify.annotations.NullMarked;

/**
 * Measurements of the engine against its budgets.
 */
@NullMarked
package io.kraft.benchmark;

import org.jspecify.annotations.NullMarked;

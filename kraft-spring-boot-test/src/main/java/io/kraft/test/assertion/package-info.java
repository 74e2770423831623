/**
 * Assertions on runs.
 */
@NullMarked
package io.kraft.test.assertion;

import org.jspecify.annotations.NullMarked;

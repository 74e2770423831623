/**
 * The applications of the tutorials in {@code docs/guide}, and their tests.
 */
@NullMarked
package io.kraft.test.tutorial;

import org.jspecify.annotations.NullMarked;

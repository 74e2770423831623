/**
 * A scenario of a test, executed again and again with a crash at each of its commits.
 */
@NullMarked
package io.kraft.test.scenario;

import org.jspecify.annotations.NullMarked;

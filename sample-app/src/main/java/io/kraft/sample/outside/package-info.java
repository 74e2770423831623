/**
 * The world outside the process, as far as the sample pretends to have one.
 */
@NullMarked
package io.kraft.sample.outside;

import org.jspecify.annotations.NullMarked;

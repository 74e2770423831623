/**
 * An application as a user of Kraft would write it.
 */
@NullMarked
package io.kraft.sample;

import org.jspecify.annotations.NullMarked;

/**
 * Replays recorded journals against the present code.
 */
@NullMarked
package io.kraft.test.replay;

import org.jspecify.annotations.NullMarked;

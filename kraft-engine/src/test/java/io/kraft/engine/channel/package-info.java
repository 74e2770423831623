/**
 * Tests of channels at work.
 */
@NullMarked
package io.kraft.engine.channel;

import org.jspecify.annotations.NullMarked;

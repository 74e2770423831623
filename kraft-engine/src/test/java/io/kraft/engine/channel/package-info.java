/**
 * Tests of channels at work, with rows that no sender of ours would send.
 */
@NullMarked
package io.kraft.engine.channel;

import org.jspecify.annotations.NullMarked;

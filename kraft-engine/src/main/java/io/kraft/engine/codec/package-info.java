/**
 * Codecs of payloads that come with the engine: encryption and compression.
 */
@NullMarked
package io.kraft.engine.codec;

import org.jspecify.annotations.NullMarked;

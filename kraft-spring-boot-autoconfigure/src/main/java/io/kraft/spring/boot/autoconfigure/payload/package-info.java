/**
 * Encryption and compression of payloads, by properties.
 */
@NullMarked
package io.kraft.spring.boot.autoconfigure.payload;

import org.jspecify.annotations.NullMarked;

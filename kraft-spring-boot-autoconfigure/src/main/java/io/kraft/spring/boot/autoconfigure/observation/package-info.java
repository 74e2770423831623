/**
 * What the engine does, as Micrometer's observations and meters, and as application
 * events.
 */
@NullMarked
package io.kraft.spring.boot.autoconfigure.observation;

import org.jspecify.annotations.NullMarked;

/**
 * Properties that are read before their bean exists: the overrides for single steps,
 * workflows and queues, and the bounds of all of them.
 */
@NullMarked
package io.kraft.spring.boot.autoconfigure.property;

import org.jspecify.annotations.NullMarked;

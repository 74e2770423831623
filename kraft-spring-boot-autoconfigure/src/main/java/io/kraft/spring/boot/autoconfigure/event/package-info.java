/**
 * Durable changes of runs, as application events.
 */
@NullMarked
package io.kraft.spring.boot.autoconfigure.event;

import org.jspecify.annotations.NullMarked;

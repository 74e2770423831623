/**
 * Durable calls through real application contexts, with an engine that only records.
 */
@NullMarked
package io.kraft.spring.boot.autoconfigure.proxy;

import org.jspecify.annotations.NullMarked;

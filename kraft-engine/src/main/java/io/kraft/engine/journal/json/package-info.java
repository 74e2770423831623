/**
 * Payloads as JSON by Jackson: the one place that knows the library.
 */
@NullMarked
package io.kraft.engine.journal.json;

import org.jspecify.annotations.NullMarked;

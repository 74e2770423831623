/**
 * How callers reach runs: which partition an id belongs to, what each partition answers,
 * and the requests and answers. Knows no transport, and no code of the application.
 */
@NullMarked
package io.kraft.engine.routing;

import org.jspecify.annotations.NullMarked;

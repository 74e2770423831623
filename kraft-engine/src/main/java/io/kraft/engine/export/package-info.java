/**
 * Journals as files that people read and that can be replayed elsewhere.
 */
@NullMarked
package io.kraft.engine.export;

import org.jspecify.annotations.NullMarked;

/**
 * The extension point for all media on which runs survive: what can be changed in one
 * atomic commit, and what can be read.
 */
@NullMarked
package io.kraft.engine.store;

import org.jspecify.annotations.NullMarked;

/**
 * Backups of several partitions: copies of their stores that belong together.
 */
@NullMarked
package io.kraft.engine.store.backup;

import org.jspecify.annotations.NullMarked;

/**
 * What the check of a store has found: findings and their summary.
 */
@NullMarked
package io.kraft.engine.store.check;

import org.jspecify.annotations.NullMarked;

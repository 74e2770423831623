/**
 * What the check of a store has found: findings and their sum.
 */
@NullMarked
package io.kraft.engine.store.check;

import org.jspecify.annotations.NullMarked;

/**
 * What decides about runs, by itself.
 */
@NullMarked
package io.kraft.engine.ledger;

import org.jspecify.annotations.NullMarked;

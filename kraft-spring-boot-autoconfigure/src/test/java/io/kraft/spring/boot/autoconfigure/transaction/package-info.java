/**
 * Calls inside real transactions.
 */
@NullMarked
package io.kraft.spring.boot.autoconfigure.transaction;

import org.jspecify.annotations.NullMarked;

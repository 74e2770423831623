/**
 * Calls of clients inside the transactions of Spring.
 */
@NullMarked
package io.kraft.spring.boot.autoconfigure.transaction;

import org.jspecify.annotations.NullMarked;

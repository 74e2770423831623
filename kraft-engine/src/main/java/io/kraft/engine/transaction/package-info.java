/**
 * Calls of clients inside a transaction of their application.
 */
@NullMarked
package io.kraft.engine.transaction;

import org.jspecify.annotations.NullMarked;

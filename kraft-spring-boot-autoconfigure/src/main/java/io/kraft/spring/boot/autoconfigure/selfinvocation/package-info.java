/**
 * Calls of durable methods on {@code this}: the subclasses through which they come to the
 * proxy of their bean, and the scan of class files for those that cannot.
 */
@NullMarked
package io.kraft.spring.boot.autoconfigure.selfinvocation;

import org.jspecify.annotations.NullMarked;

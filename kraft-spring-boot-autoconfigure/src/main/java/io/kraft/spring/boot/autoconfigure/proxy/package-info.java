/**
 * Calls of durable methods on their way to the engine: the proxies of beans, and the
 * subclasses through which calls on {@code this} come to those proxies too.
 */
@NullMarked
package io.kraft.spring.boot.autoconfigure.proxy;

import org.jspecify.annotations.NullMarked;

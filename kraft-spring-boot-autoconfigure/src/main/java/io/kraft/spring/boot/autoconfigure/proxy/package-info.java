/**
 * Calls of durable methods on their way to the engine: the proxies of beans.
 */
@NullMarked
package io.kraft.spring.boot.autoconfigure.proxy;

import org.jspecify.annotations.NullMarked;

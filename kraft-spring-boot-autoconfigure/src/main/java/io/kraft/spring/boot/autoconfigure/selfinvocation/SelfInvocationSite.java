package io.kraft.spring.boot.autoconfigure.selfinvocation;

import java.lang.reflect.Method;

/**
 * A place where code calls a durable method of its own object.
 *
 * @param callee the durable method
 * @param place class, method and line of the call
 * @param isSuperCall whether it is called on {@code super}, which no subclass can see
 */
record SelfInvocationSite(Method callee, String place, boolean isSuperCall) {
}

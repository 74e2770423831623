package io.kraft.spring.boot.autoconfigure.selfinvocation;

/**
 * What happens when a bean calls a durable method on {@code this} and the call cannot be
 * journaled.
 */
public enum SelfInvocation {

	/** The start of the application fails, and the report names the call and its fix. */
	FAIL,

	/** A warning names the call and its fix; it is a plain call. */
	WARN,

	/** It is a plain call. */
	IGNORE

}

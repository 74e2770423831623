package io.kraft.spring.boot.web;

import java.security.Principal;

import org.jspecify.annotations.Nullable;

/**
 * Decides who may read, and who may make changes.
 */
@FunctionalInterface
interface AccessRule {

	/**
	 * Returns if the caller may.
	 * @param principal null if the caller is not authenticated
	 * @throws RequestRefusedException if the caller may not
	 */
	void check(boolean changes, @Nullable Principal principal);

	/**
	 * Whether readers are checked for the authority to read.
	 */
	default boolean isSecured() {
		return false;
	}

	/**
	 * Logs at the start what an operator should know of it.
	 */
	default void announce() {
	}

}

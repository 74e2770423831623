package io.kraft.spring.boot.autoconfigure.web;

import java.security.Principal;

import org.jspecify.annotations.Nullable;

/**
 * Says who may read, and who may change.
 */
@FunctionalInterface
interface AccessRule {

	/**
	 * Returns if the caller may.
	 * @param principal null if it is not known who calls
	 * @throws RequestRefusedException if the caller may not
	 */
	void check(boolean changes, @Nullable Principal principal);

	/**
	 * Whether who reads has been asked for the authority to.
	 */
	default boolean isSecured() {
		return false;
	}

	/**
	 * Says at the start what everyone should know of it.
	 */
	default void announce() {
	}

}

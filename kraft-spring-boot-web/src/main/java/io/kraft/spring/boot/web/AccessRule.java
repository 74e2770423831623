package io.kraft.spring.boot.web;

import java.security.Principal;

import org.jspecify.annotations.Nullable;

/**
 * Decides who may read, and who may make changes.
 */
interface AccessRule {

	/**
	 * Returns if the caller may.
	 * @throws RequestRefusedException if the caller may not
	 */
	void check(boolean changes, Caller caller);

	/**
	 * Whether the caller may read.
	 */
	default boolean mayRead(Caller caller) {
		try {
			check(false, caller);
			return true;
		}
		catch (RequestRefusedException ex) {
			return false;
		}
	}

	/**
	 * Whether it is known who the caller is, by something that the caller has.
	 * @param principal null if there is none
	 */
	default boolean isAuthenticated(@Nullable Principal principal) {
		return false;
	}

	/**
	 * Whether it stands for all callers that are not authenticated.
	 */
	default boolean isAnonymous(Principal principal) {
		return false;
	}

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

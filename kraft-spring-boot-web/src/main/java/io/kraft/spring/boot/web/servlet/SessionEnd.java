package io.kraft.spring.boot.web.servlet;

import java.util.function.BooleanSupplier;

import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;

/**
 * Whether the session has ended that authenticates a caller.
 *
 * @param session null if there is none
 */
record SessionEnd(@Nullable HttpSession session) implements BooleanSupplier {

	@Override
	public boolean getAsBoolean() {
		try {
			return this.session != null && this.session.getCreationTime() < 0;
		}
		catch (IllegalStateException ex) {
			return true;
		}
	}

}

package io.kraft.spring.boot.web;

import java.security.Principal;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Without Spring Security: every caller that reaches the port may read; changes must be
 * allowed explicitly.
 */
final class UnsecuredRule implements AccessRule {

	private static final Logger logger = LoggerFactory.getLogger(UnsecuredRule.class);

	private final boolean writes;

	UnsecuredRule(boolean writes) {
		this.writes = writes;
	}

	@Override
	public void announce() {
		logger.warn(
				"Kraft's web API is open without Spring Security: every caller that reaches the port can see all "
						+ "runs{} (their values as kraft.web.show-values allows)",
				this.writes ? ", and change them" : "");
	}

	@Override
	public void check(boolean changes, @Nullable Principal principal) {
		if (changes && !this.writes) {
			throw RequestRefusedException.forbidden("without Spring Security nothing can be changed over the web, "
					+ "unless kraft.web.unsecured-writes=true allows it to everyone");
		}
	}

}

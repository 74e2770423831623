package io.kraft.spring.boot.web;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Without Spring Security: callers on the same machine may read; everything else must be
 * allowed explicitly.
 *
 * @param reads whether every caller may read
 * @param writes whether every caller may make changes
 * @param isBehindProxy whether the application trusts what a proxy says of callers: then
 * none is known to be on the same machine
 */
record UnsecuredRule(boolean reads, boolean writes, boolean isBehindProxy) implements AccessRule {

	private static final Logger logger = LoggerFactory.getLogger(UnsecuredRule.class);

	@Override
	public void announce() {
		logger.warn(
				"Kraft's web API is open without Spring Security: every caller {} can see all "
						+ "runs{} (their values as kraft.web.show-values allows)",
				this.reads ? "that reaches the port" : "on this machine",
				this.writes ? ", and every caller that reaches the port can change them" : "");
	}

	@Override
	public void check(boolean changes, Caller caller) {
		if (changes && !this.writes) {
			throw RequestRefusedException.forbidden("without Spring Security nothing can be changed over the web, "
					+ "unless kraft.web.unsecured-writes=true allows it to everyone");
		}
		if (!changes && !this.reads && (this.isBehindProxy || !caller.isLocal())) {
			throw RequestRefusedException.forbidden("without Spring Security only callers on the same machine can "
					+ "read, unless kraft.web.unsecured-reads=true allows it to everyone");
		}
	}

}

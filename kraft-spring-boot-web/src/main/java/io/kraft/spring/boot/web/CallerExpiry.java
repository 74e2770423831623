package io.kraft.spring.boot.web;

import java.security.Principal;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * Says until when a caller is authenticated, by a bean of the application: streams and
 * WebSockets of the web API end then. Needed for tokens, which have no session that ends.
 * Called by threads of the server; must not block.
 */
@FunctionalInterface
public interface CallerExpiry {

	/**
	 * When the authentication expires.
	 * @param caller who was authenticated, such as a {@code JwtAuthenticationToken}
	 * @return null if it does not expire, or that is not known
	 */
	@Nullable Instant expiresAt(Principal caller);

}

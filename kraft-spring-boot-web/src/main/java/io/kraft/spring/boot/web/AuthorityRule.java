package io.kraft.spring.boot.web;

import java.security.Principal;

import org.jspecify.annotations.Nullable;

import org.springframework.security.authentication.AuthenticationTrustResolver;
import org.springframework.security.authentication.AuthenticationTrustResolverImpl;
import org.springframework.security.core.Authentication;

/**
 * With Spring Security: reading needs one authority, changing another one. The
 * application's filters authenticate the caller; this rule comes after them.
 */
final class AuthorityRule implements AccessRule {

	private final AuthenticationTrustResolver trust = new AuthenticationTrustResolverImpl();

	private final String readAuthority;

	private final String writeAuthority;

	AuthorityRule(String readAuthority, String writeAuthority) {
		this.readAuthority = readAuthority;
		this.writeAuthority = writeAuthority;
	}

	@Override
	public boolean isSecured() {
		return true;
	}

	@Override
	public boolean isAuthenticated(@Nullable Principal principal) {
		return principal instanceof Authentication caller && this.trust.isAuthenticated(caller);
	}

	@Override
	public boolean isAnonymous(Principal principal) {
		return principal instanceof Authentication caller && this.trust.isAnonymous(caller);
	}

	@Override
	public void check(boolean changes, Caller request) {
		String needed = changes ? this.writeAuthority : this.readAuthority;
		if (!(request.principal() instanceof Authentication caller) || !isAuthenticated(caller)) {
			throw RequestRefusedException
				.unauthenticated("the authority '" + needed + "' is needed, but the caller is not authenticated");
		}
		if (caller.getAuthorities().stream().noneMatch((granted) -> needed.equals(granted.getAuthority()))) {
			throw RequestRefusedException
				.forbidden("the authority '" + needed + "' is needed, which the caller does not have");
		}
	}

}

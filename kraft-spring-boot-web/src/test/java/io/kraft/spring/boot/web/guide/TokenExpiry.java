package io.kraft.spring.boot.web.guide;

import java.security.Principal;
import java.time.Instant;

import io.kraft.spring.boot.web.CallerExpiry;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The bean that the page on security of the web shows.
 */
@Configuration(proxyBeanMethods = false)
class TokenExpiry {

	@Bean
	CallerExpiry tokens() {
		return (caller) -> (caller instanceof TokenCaller token) ? token.expiresAt() : null;
	}

	/** A caller that is known by a token. */
	record TokenCaller(String name, Instant expiresAt) implements Principal {

		@Override
		public String getName() {
			return this.name;
		}

	}

}

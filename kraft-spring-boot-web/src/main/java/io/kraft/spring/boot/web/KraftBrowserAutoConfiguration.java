package io.kraft.spring.boot.web;

import io.kraft.client.WorkflowClient;
import io.kraft.spring.boot.autoconfigure.KraftAutoConfiguration;
import io.kraft.spring.boot.autoconfigure.KraftProperties;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.security.core.Authentication;

/**
 * Who may send requests, and from which pages: for the web API, and for the actuator's
 * endpoints of Kraft, which are there without it.
 */
@AutoConfiguration(after = KraftAutoConfiguration.class)
@ConditionalOnWebApplication
@ConditionalOnClass(name = "org.springframework.web.util.pattern.PathPattern")
@ConditionalOnBean(WorkflowClient.class)
public final class KraftBrowserAutoConfiguration {

	@Bean
	BrowserRule kraftBrowserRule(AccessRule rule, KraftProperties properties) {
		return new BrowserRule(rule, properties.web().allowedHosts(), properties.web().allowedOrigins());
	}

	/**
	 * With Spring Security.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(Authentication.class)
	static class SecuredConfiguration {

		@Bean
		AccessRule kraftAccessRule(KraftProperties properties) {
			return new AuthorityRule(properties.web().readAuthority(), properties.web().writeAuthority());
		}

	}

	/**
	 * Without.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnMissingClass("org.springframework.security.core.Authentication")
	static class UnsecuredConfiguration {

		@Bean
		AccessRule kraftAccessRule(KraftProperties properties, Environment environment) {
			return new UnsecuredRule(properties.web().unsecuredReads(), properties.web().unsecuredWrites(),
					ForwardedHeaders.areTrusted(environment));
		}

	}

}

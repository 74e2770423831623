package io.kraft.spring.boot.web;

import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.core.userdetails.MapReactiveUserDetailsService;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.server.SecurityWebFilterChain;

/**
 * The application with Spring Security, whose chain lets everyone through, so that
 * Kraft's own rule decides.
 */
@Configuration(proxyBeanMethods = false)
@Import(ParcelApplication.class)
class SecuredApplication {

	private static UserDetails[] users() {
		return new UserDetails[] { user("reader", "KRAFT_READ"), user("writer", "KRAFT_WRITE"),
				user("operator", "KRAFT_READ", "KRAFT_WRITE"), user("guest", "SOMETHING") };
	}

	private static UserDetails user(String name, String... authorities) {
		return User.withUsername(name).password("{noop}secret").authorities(authorities).build();
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
	static class Servlet {

		@Bean
		SecurityFilterChain chain(HttpSecurity http) throws Exception {
			return http.httpBasic(Customizer.withDefaults())
				.csrf((csrf) -> csrf.disable())
				.authorizeHttpRequests((requests) -> requests.anyRequest().permitAll())
				.build();
		}

		@Bean
		InMemoryUserDetailsManager people() {
			return new InMemoryUserDetailsManager(users());
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
	static class Reactive {

		@Bean
		SecurityWebFilterChain chain(ServerHttpSecurity http) {
			return http.httpBasic(Customizer.withDefaults())
				.anonymous(Customizer.withDefaults())
				.csrf((csrf) -> csrf.disable())
				.authorizeExchange((exchanges) -> exchanges.anyExchange().permitAll())
				.build();
		}

		@Bean
		MapReactiveUserDetailsService people() {
			return new MapReactiveUserDetailsService(users());
		}

	}

}

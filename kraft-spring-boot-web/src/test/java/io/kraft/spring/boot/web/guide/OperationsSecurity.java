package io.kraft.spring.boot.web.guide;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;

/**
 * Who may look at runs, and who may change them.
 */
@Configuration(proxyBeanMethods = false)
public class OperationsSecurity {

	@Bean
	SecurityFilterChain operations(HttpSecurity http) throws Exception {
		return http.securityMatcher("/kraft/**", "/actuator/**")
			.authorizeHttpRequests((requests) -> requests.requestMatchers("/actuator/health/**")
				.permitAll()
				.requestMatchers(HttpMethod.GET)
				.hasAuthority("KRAFT_READ")
				.anyRequest()
				.hasAuthority("KRAFT_WRITE"))
			.httpBasic(Customizer.withDefaults())
			.sessionManagement((sessions) -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
			.csrf((csrf) -> csrf.disable())
			.build();
	}

}

package io.kraft.spring.boot.web.reactive;

import java.util.Optional;

import io.kraft.spring.boot.web.Answers;
import io.kraft.spring.boot.web.BrowserRule;
import io.kraft.spring.boot.web.GuardedEndpoints;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.endpoint.web.PathMappedEndpoints;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.reactive.DispatcherHandler;
import org.springframework.web.server.WebFilter;

/**
 * Guards the actuator's endpoints of Kraft, on the port that the actuator has.
 */
@ManagementContextConfiguration(proxyBeanMethods = false)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
@ConditionalOnClass(DispatcherHandler.class)
class ReactiveEndpointGuardConfiguration {

	@Bean
	@Order(Ordered.HIGHEST_PRECEDENCE)
	WebFilter kraftEndpointGuard(ObjectProvider<PathMappedEndpoints> paths, ObjectProvider<BrowserRule> rule) {
		GuardedEndpoints endpoints = new GuardedEndpoints(paths, rule);
		return (exchange, chain) -> {
			ServerHttpRequest request = exchange.getRequest();
			if (!endpoints.cover(request.getPath().pathWithinApplication())) {
				return chain.filter(exchange);
			}
			ServerHttpResponse response = exchange.getResponse();
			Answers.HEADERS.accept(response.getHeaders());
			byte[] refusal = endpoints.refusal(request.getMethod(), request.getURI(), request.getHeaders());
			return (refusal == null) ? chain.filter(exchange) : refuse(response, refusal);
		};
	}

	/**
	 * When it is known whether the application's filters have authenticated the caller.
	 */
	@Bean
	@Order(Ordered.LOWEST_PRECEDENCE)
	WebFilter kraftEndpointHostGuard(ObjectProvider<PathMappedEndpoints> paths, ObjectProvider<BrowserRule> rule) {
		GuardedEndpoints endpoints = new GuardedEndpoints(paths, rule);
		return (exchange, chain) -> {
			ServerHttpRequest request = exchange.getRequest();
			return endpoints.cover(request.getPath().pathWithinApplication())
					? exchange.getPrincipal().map(Optional::of).defaultIfEmpty(Optional.empty()).flatMap((caller) -> {
						byte[] refusal = endpoints.refusal(caller.orElse(null), request.getURI(), request.getHeaders());
						return (refusal == null) ? chain.filter(exchange) : refuse(exchange.getResponse(), refusal);
					}) : chain.filter(exchange);
		};
	}

	private static Mono<Void> refuse(ServerHttpResponse response, byte[] refusal) {
		response.setStatusCode(HttpStatus.FORBIDDEN);
		response.getHeaders().setContentType(MediaType.APPLICATION_JSON);
		return response.writeWith(Mono.fromSupplier(() -> response.bufferFactory().wrap(refusal)));
	}

}

package io.kraft.spring.boot.web.reactive;

import io.kraft.spring.boot.web.ApiRoutes;
import io.kraft.spring.boot.web.KraftWebAutoConfiguration;
import io.kraft.spring.boot.web.WebApi;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.web.reactive.DispatcherHandler;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * Connects the web API with Spring WebFlux.
 */
@AutoConfiguration(after = KraftWebAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
@ConditionalOnClass(DispatcherHandler.class)
@ConditionalOnBean(WebApi.class)
public final class KraftReactiveWebAutoConfiguration {

	@Bean
	RouterFunction<ServerResponse> kraftRouterFunction(WebApi api, ObjectProvider<ApiRoutes> routes) {
		return new ReactiveRoutes(api).of(routes.orderedStream().toList());
	}

}

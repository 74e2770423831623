package io.kraft.spring.boot.web.reactive;

import io.kraft.spring.boot.web.Admission;
import io.kraft.spring.boot.web.ApiRoutes;
import io.kraft.spring.boot.web.KraftWebAutoConfiguration;
import io.kraft.spring.boot.web.Route;
import io.kraft.spring.boot.web.RunStreams;
import io.kraft.spring.boot.web.StreamControllers;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.reactive.DispatcherHandler;
import org.springframework.web.reactive.result.method.RequestMappingInfo;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;

/**
 * Connects the web API with Spring WebFlux.
 */
@AutoConfiguration(after = KraftWebAutoConfiguration.class,
		afterName = "org.springframework.boot.webflux.autoconfigure.WebFluxAutoConfiguration")
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
@ConditionalOnClass(DispatcherHandler.class)
@ConditionalOnBean({ Admission.class, RequestMappingHandlerMapping.class })
public final class KraftReactiveWebAutoConfiguration {

	/** Maps the controllers, which are no beans, as the application's own. */
	@Bean
	SmartInitializingSingleton kraftRouteMapping(
			@Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping mapping,
			ObjectProvider<ApiRoutes> routes) {
		RequestMappingInfo.BuilderConfiguration options = new RequestMappingInfo.BuilderConfiguration();
		options.setPatternParser(mapping.getPathPatternParser());
		return () -> routes.stream()
			.flatMap((some) -> some.routes().stream())
			.forEach((route) -> map(route, mapping, options));
	}

	private static void map(Route route, RequestMappingHandlerMapping mapping,
			RequestMappingInfo.BuilderConfiguration options) {
		mapping.registerMapping(RequestMappingInfo.paths(route.pattern())
			.methods(route.methods().toArray(RequestMethod[]::new))
			.options(options)
			.build(), route.controller(), route.handler());
	}

	@Bean
	ReactiveControllerAdapter kraftControllerAdapter(Admission admission) throws Exception {
		return new ReactiveControllerAdapter(admission);
	}

	@Bean
	ReactiveResultHandler kraftResultHandler(Admission admission) {
		return new ReactiveResultHandler(admission.bodyTimeout());
	}

	@Bean
	@ConditionalOnBooleanProperty("kraft.web.enabled")
	StreamControllers kraftStreamControllers(RunStreams streams) {
		return new StreamControllers(new ReactiveStreamController(streams));
	}

}

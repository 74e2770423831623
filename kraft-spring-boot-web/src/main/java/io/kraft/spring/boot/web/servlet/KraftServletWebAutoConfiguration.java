package io.kraft.spring.boot.web.servlet;

import java.util.EnumSet;

import io.kraft.spring.boot.web.Admission;
import io.kraft.spring.boot.web.ApiRoutes;
import io.kraft.spring.boot.web.KraftWebAutoConfiguration;
import io.kraft.spring.boot.web.Route;
import io.kraft.spring.boot.web.RunStreams;
import io.kraft.spring.boot.web.StreamControllers;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletContext;
import org.apache.catalina.valves.ValveBase;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.socket.server.support.WebSocketHttpRequestHandler;

/**
 * Connects the web API with Spring MVC.
 */
@AutoConfiguration(after = KraftWebAutoConfiguration.class,
		afterName = "org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration")
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass(DispatcherServlet.class)
@ConditionalOnBean({ Admission.class, RequestMappingHandlerMapping.class })
public final class KraftServletWebAutoConfiguration {

	/** Maps the controllers, which are no beans, as the application's own. */
	@Bean
	SmartInitializingSingleton kraftRouteMapping(
			@Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping mapping,
			ObjectProvider<ApiRoutes> routes) {
		return () -> routes.stream().flatMap((some) -> some.routes().stream()).forEach((route) -> map(route, mapping));
	}

	private static void map(Route route, RequestMappingHandlerMapping mapping) {
		mapping.registerMapping(RequestMappingInfo.paths(route.pattern())
			.methods(route.methods().toArray(RequestMethod[]::new))
			.options(mapping.getBuilderConfiguration())
			.build(), route.controller(), route.handler());
	}

	@Bean
	ServletControllerAdapter kraftControllerAdapter(Admission admission) {
		return new ServletControllerAdapter(admission);
	}

	@Bean
	@ConditionalOnBooleanProperty("kraft.web.enabled")
	StreamControllers kraftStreamControllers(RunStreams streams, ObjectProvider<SocketUpgrade> sockets) {
		return new StreamControllers(
				new ServletStreamController(streams, sockets.getIfAvailable(() -> SocketUpgrade.NONE)));
	}

	@Bean
	FilterRegistrationBean<BodyFilter> kraftBodyFilter(ObjectProvider<ApiRoutes> routes,
			@Qualifier("requestMappingHandlerMapping") ObjectProvider<RequestMappingHandlerMapping> mapping) {
		FilterRegistrationBean<BodyFilter> registration = new FilterRegistrationBean<>(
				new BodyFilter(new ServedPaths(routes, mapping)));
		registration.setDispatcherTypes(EnumSet.complementOf(EnumSet.of(DispatcherType.ASYNC)));
		registration.setOrder(BodyFilter.ORDER);
		return registration;
	}

	/**
	 * On Tomcat.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ ConfigurableTomcatWebServerFactory.class, ValveBase.class })
	static class TomcatConfiguration {

		@Bean
		WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> kraftUnreadBodies() {
			return (server) -> server.addEngineValves(new UnreadBodyValve());
		}

	}

	/**
	 * With Spring's WebSockets.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(WebSocketHttpRequestHandler.class)
	static class SocketConfiguration {

		@Bean
		SocketUpgrade kraftSocketUpgrade(ServletContext servletContext) {
			return FeedSocket.upgrade(servletContext);
		}

	}

}

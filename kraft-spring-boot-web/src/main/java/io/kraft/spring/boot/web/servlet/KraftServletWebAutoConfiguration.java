package io.kraft.spring.boot.web.servlet;

import io.kraft.spring.boot.autoconfigure.KraftProperties;
import io.kraft.spring.boot.web.ApiRoutes;
import io.kraft.spring.boot.web.KraftWebAutoConfiguration;
import io.kraft.spring.boot.web.WebApi;
import jakarta.servlet.ServletContext;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerResponse;
import org.springframework.web.socket.server.support.WebSocketHttpRequestHandler;

/**
 * Connects the web API with Spring MVC.
 */
@AutoConfiguration(after = KraftWebAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass(DispatcherServlet.class)
@ConditionalOnBean(WebApi.class)
public final class KraftServletWebAutoConfiguration {

	@Bean
	RouterFunction<ServerResponse> kraftRouterFunction(WebApi api, ObjectProvider<ApiRoutes> routes,
			ObjectProvider<SocketUpgrade> sockets) {
		return new ServletRoutes(api, sockets.getIfAvailable(() -> SocketUpgrade.NONE))
			.of(routes.orderedStream().toList());
	}

	@Bean
	@ConditionalOnBooleanProperty("kraft.web.enabled")
	FilterRegistrationBean<MultipartRefusal> kraftMultipartRefusal(KraftProperties properties) {
		FilterRegistrationBean<MultipartRefusal> registration = new FilterRegistrationBean<>(new MultipartRefusal());
		registration.addUrlPatterns(properties.web().basePath() + "/api/*");
		return registration;
	}

	/**
	 * With Spring's WebSockets.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(WebSocketHttpRequestHandler.class)
	static class SocketConfiguration {

		@Bean
		SocketUpgrade kraftSocketUpgrade(ServletContext servletContext) {
			return new SpringSocketUpgrade(servletContext);
		}

	}

}

package io.kraft.spring.boot.web.servlet;

import io.kraft.spring.boot.web.BrowserRule;
import io.kraft.spring.boot.web.GuardedEndpoints;
import jakarta.servlet.DispatcherType;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.endpoint.web.PathMappedEndpoints;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.handler.MappedInterceptor;

/**
 * Guards the actuator's endpoints of Kraft, on the port that the actuator has.
 */
@ManagementContextConfiguration(proxyBeanMethods = false)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass(DispatcherServlet.class)
class ServletEndpointGuardConfiguration {

	@Bean
	EndpointGuard kraftEndpointGuard(ObjectProvider<PathMappedEndpoints> endpoints, ObjectProvider<BrowserRule> rule) {
		return new EndpointGuard(new GuardedEndpoints(endpoints, rule));
	}

	@Bean
	FilterRegistrationBean<OncePerRequestFilter> kraftEndpointGuardFilter(EndpointGuard guard) {
		FilterRegistrationBean<OncePerRequestFilter> registration = new FilterRegistrationBean<>(guard.filter());
		registration.setDispatcherTypes(DispatcherType.REQUEST);
		registration.setOrder(BodyFilter.ORDER);
		registration.setName("kraftEndpointGuard");
		return registration;
	}

	/** Filters have no order that is behind those of Spring Security on each port. */
	@Bean
	MappedInterceptor kraftEndpointGuardInterceptor(EndpointGuard guard) {
		return new MappedInterceptor(null, guard.interceptor());
	}

}

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
import org.springframework.web.servlet.DispatcherServlet;

/**
 * Guards the actuator's endpoints of Kraft, on the port that the actuator has.
 */
@ManagementContextConfiguration(proxyBeanMethods = false)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass(DispatcherServlet.class)
class ServletEndpointGuardConfiguration {

	@Bean
	FilterRegistrationBean<EndpointGuardFilter> kraftEndpointGuard(ObjectProvider<PathMappedEndpoints> endpoints,
			ObjectProvider<BrowserRule> rule) {
		FilterRegistrationBean<EndpointGuardFilter> registration = new FilterRegistrationBean<>(
				new EndpointGuardFilter(new GuardedEndpoints(endpoints, rule)));
		registration.setDispatcherTypes(DispatcherType.REQUEST);
		registration.setOrder(BodyFilter.ORDER);
		return registration;
	}

}

package io.kraft.spring.boot.web;

import java.util.List;
import java.util.stream.Stream;

import org.apache.catalina.valves.RemoteIpValve;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.filter.ForwardedHeaderFilter;
import org.springframework.web.server.adapter.ForwardedHeaderTransformer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a proxy says does not make a caller one of this machine, whoever takes the headers
 * out of the request.
 */
abstract class LocalCallerContract {

	abstract Stack stack();

	@Test
	void aPlatformWithAProxyHasNoCallersOfThisMachine() {
		try (TestServer server = open(ParcelApplication.class, "spring.main.cloud-platform=kubernetes")) {
			assertThat(get(server, "")).contains(" 403 ");
			assertThat(get(server, "X-Forwarded-For: 127.0.0.1\r\n")).contains(" 403 ");
		}
	}

	@Test
	void headersThatTheServerHasTakenOutCount() {
		try (TestServer server = open(WithValve.class)) {
			// Tomcat then takes each peer of the private network for a proxy.
			assertThat(get(server, "")).contains((stack() == Stack.SERVLET) ? " 403 " : " 200 ");
			assertThatNoHeaderMakesACallerLocal(server);
		}
	}

	@Test
	void headersThatSpringHasTakenOutCount() {
		try (TestServer server = open(WithFilter.class)) {
			assertThat(get(server, "")).contains(" 200 ");
			assertThatNoHeaderMakesACallerLocal(server);
		}
	}

	private static void assertThatNoHeaderMakesACallerLocal(TestServer server) {
		for (String header : List.of("X-Forwarded-For: 127.0.0.1", "X-Forwarded-For: 127.0.0.1, 127.0.0.1",
				"Forwarded: for=127.0.0.1", "X-Real-IP: 127.0.0.1", "Via: 1.1 proxy")) {
			assertThat(get(server, header + "\r\n")).as(header).contains(" 403 ");
		}
	}

	private TestServer open(Class<?> application, String... properties) {
		String[] all = Stream.concat(Stream.of("kraft.web.enabled=true"), Stream.of(properties)).toArray(String[]::new);
		return TestServer.open(stack(), application, all);
	}

	private static String get(TestServer server, String headers) {
		return server.raw("GET " + WebApiContract.API + "/runs HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
				+ headers + "\r\n");
	}

	@Configuration(proxyBeanMethods = false)
	@Import(ParcelApplication.class)
	static class WithValve {

		@Bean
		@Order(Ordered.HIGHEST_PRECEDENCE)
		WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> trustingProxies() {
			return (server) -> server.addEngineValves(new RemoteIpValve());
		}

	}

	@Configuration(proxyBeanMethods = false)
	@Import(ParcelApplication.class)
	static class WithFilter {

		@Bean
		@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
		ForwardedHeaderFilter forwardedHeaderFilter() {
			return new ForwardedHeaderFilter();
		}

		@Bean
		@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
		ForwardedHeaderTransformer forwardedHeaderTransformer() {
			return new ForwardedHeaderTransformer();
		}

	}

}

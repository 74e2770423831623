package io.kraft.spring.boot.web;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Where Spring Security is there but lets everyone through, pages of names that their
 * owner can point to this machine are refused, unless the caller is authenticated.
 */
abstract class PermittedActuatorContract {

	private static final String API = WebApiContract.API;

	private static final String OPERATOR = "Authorization: Basic "
			+ Base64.getEncoder().encodeToString("operator:secret".getBytes(StandardCharsets.UTF_8)) + "\r\n";

	abstract Stack stack();

	@Test
	void aNameThatIsNotKnownIsRefusedUnlessTheCallerIsAuthenticated() {
		try (TestServer server = TestServer.secured(stack(), SecuredApplication.class, "kraft.web.enabled=true",
				"kraft.web.allowed-hosts=ops.example.com", "management.endpoints.web.exposure.include=*",
				"management.endpoints.access.default=unrestricted")) {
			String get = "GET /actuator/workflowruns";
			String post = "POST /actuator/workflowruns/x/terminate";

			assertThat(server.raw(request(get, "evil.example", ""))).contains(" 403 ", "KRAFT-6003",
					"kraft.web.allowed-hosts");
			assertThat(server.raw(request(post, "evil.example", ""))).contains(" 403 ");
			assertThat(server.raw(request(get, "evil.example", OPERATOR))).contains(" 200 ");
			assertThat(server.raw(request(get, "localhost", ""))).contains(" 200 ");
			assertThat(server.raw(request(get, "ops.example.com", ""))).contains(" 200 ");
			assertThat(server.raw(request(post, "localhost", ""))).contains(" 404 ");
			assertThat(server.raw(request("GET /actuator/health", "evil.example", ""))).contains(" 200 ");
			assertThat(server.raw(request("GET " + API + "/runs", "evil.example", ""))).contains(" 401 ");
			assertThat(server.raw(request("GET " + API + "/runs", "evil.example", OPERATOR))).contains(" 200 ");
		}
	}

	@Test
	void soItIsOnAPortOfItsOwn() {
		String other = (stack() == Stack.REACTIVE) ? "org.springframework.boot.tomcat.autoconfigure.actuate.web.server."
				+ "TomcatReactiveManagementContextAutoConfiguration" : "";
		try (TestServer server = TestServer.secured(stack(), SecuredApplication.class,
				"spring.autoconfigure.exclude=" + other, "management.server.port=0",
				"management.endpoints.web.exposure.include=*")) {
			String get = "GET /actuator/workflowruns";

			assertThat(server.rawToActuator(request(get, "evil.example", ""))).contains(" 403 ", "KRAFT-6003");
			assertThat(server.rawToActuator(request(get, "localhost", ""))).contains(" 200 ");
			assertThat(server.rawToActuator(request(get, "evil.example", OPERATOR))).contains(" 200 ");
		}
	}

	private static String request(String request, String host, String headers) {
		return request + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\nContent-Length: 0\r\n" + headers
				+ "\r\n";
	}

}

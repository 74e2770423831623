package io.kraft.spring.boot.web;

import java.net.Socket;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

import io.kraft.spring.boot.web.guide.OperationsSecurity;
import org.junit.jupiter.api.Test;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The filter chain of {@code docs/reference/http-api.md}.
 */
class SecurityFilterChainTests {

	@Test
	void theChainOfThePageGuardsTheWebApiAndTheActuator() {
		try (TestServer server = TestServer.secured(Stack.SERVLET, Secured.class, "kraft.web.enabled=true",
				"kraft.web.show-values=when-authorized", "management.endpoint.workflowruns.access=unrestricted",
				"management.endpoints.web.exposure.include=health,workflowruns")) {
			server.get("/actuator/health").isStatus(200);
			server.get("/actuator/workflowruns").isStatus(401);
			server.get("/kraft/api/runs").isStatus(401);
			server.send(as(server, "/actuator/workflowruns", "guest")).isStatus(403);
			server.send(as(server, "/kraft/api/runs", "guest")).isStatus(403);
			server.send(as(server, "/actuator/workflowruns/x", "reader").DELETE()).isStatus(403);
			server.send(as(server, "/actuator/workflowruns/x", "operator").DELETE()).isStatus(404);

			String id = server
				.send(as(server, "/kraft/api/workflows/deliver", "operator").header("Content-Type", "application/json")
					.POST(HttpRequest.BodyPublishers.ofString("{\"arguments\":[\"Ada\"]}")))
				.isStatus(202)
				.text("/id");
			assertThat(server.send(as(server, "/actuator/workflowruns/" + id, "reader")).isStatus(200).body())
				.contains("Ada");
			assertThat(server.send(as(server, "/kraft/api/runs/" + id, "reader")).isStatus(200).body()).contains("Ada");
		}
	}

	@Test
	void bodiesOfRequestsThatTheChainRefusesHoldNoThread() throws Exception {
		try (TestServer server = TestServer.secured(Stack.SERVLET, Secured.class, "kraft.web.enabled=true",
				"server.tomcat.threads.max=4", "server.tomcat.connection-timeout=10m")) {
			List<Socket> slow = new ArrayList<>();
			for (String type : List.of("application/json", "multipart/form-data; boundary=x",
					"application/x-www-form-urlencoded")) {
				for (int i = 0; i < 8; i++) {
					slow.add(server.sent("POST /kraft/api/workflows/deliver HTTP/1.1\r\nHost: localhost\r\n"
							+ "Content-Type: " + type + "\r\nContent-Length: 1000\r\n\r\n--x"));
				}
			}

			server.get("/actuator/health").isStatus(200);
			for (Socket socket : slow) {
				assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
					.startsWith("HTTP/1.1 40");
				socket.close();
			}
		}
	}

	private static HttpRequest.Builder as(TestServer server, String path, String name) {
		String credentials = Base64.getEncoder().encodeToString((name + ":secret").getBytes(StandardCharsets.UTF_8));
		return server.request(path).header("Authorization", "Basic " + credentials);
	}

	@Configuration(proxyBeanMethods = false)
	@Import({ ParcelApplication.class, OperationsSecurity.class })
	static class Secured {

		@Bean
		InMemoryUserDetailsManager people() {
			return new InMemoryUserDetailsManager(
					User.withUsername("reader").password("{noop}secret").authorities("KRAFT_READ").build(),
					User.withUsername("operator")
						.password("{noop}secret")
						.authorities("KRAFT_READ", "KRAFT_WRITE")
						.build(),
					User.withUsername("guest").password("{noop}secret").authorities("SOMETHING").build());
		}

	}

}

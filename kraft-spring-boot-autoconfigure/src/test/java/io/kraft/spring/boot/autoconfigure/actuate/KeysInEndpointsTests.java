package io.kraft.spring.boot.autoconfigure.actuate;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.metrics.buffering.BufferingApplicationStartup;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Keys of payloads that placeholders take from elsewhere, over HTTP from a running
 * application whose endpoints all show their values.
 */
class KeysInEndpointsTests {

	private static final String KEY = "MDEy+zQ1Njc4OWFiY2RlZjAx/jM0NTY3ODlhYmNkZWY=";

	private static final String FIRST_HALF = "ZmVkY2JhOTg3";

	private static final String SECOND_HALF = "NjU0MzIxMA==";

	private static ConfigurableApplicationContext application;

	private static ActuatorHttp http;

	@BeforeAll
	static void start() {
		List<String> arguments = new ArrayList<>(List.of("--" + ActuatorApplication.WITHOUT_SECURITY, "--server.port=0",
				"--kraft.storage.type=memory", "--management.endpoints.web.exposure.include=*",
				"--management.endpoint.env.show-values=always", "--management.endpoint.configprops.show-values=always",
				"--kraft.payloads.encryption.active-key=2026", "--kraft.payloads.encryption.keys.2026=${MY_KEY}",
				"--kraft.payloads.encryption.keys.2025=${FIRST_HALF}${SECOND_HALF}", "--billing.secret=${MY_KEY}",
				"--billing.place=shown", "--MY_KEY=" + KEY, "--FIRST_HALF=" + FIRST_HALF,
				"--SECOND_HALF=" + SECOND_HALF, "--QUOTED=\"" + KEY + '"', "--UNPADDED=" + KEY.replace("=", ""),
				"--LINES=" + KEY.substring(0, 20) + "\n " + KEY.substring(20),
				"--URL_SAFE=" + KEY.replace('+', '-').replace('/', '_'),
				"--URL=https://vault?key=" + URLEncoder.encode(KEY, StandardCharsets.UTF_8) + "&v=1",
				"--ESCAPED={\"key\":\"" + KEY.replace("+", "\\u002b").replace("=", "\\u003D") + "\"}",
				"--COMMAND=app.jar --kraft.payloads.encryption.keys.2026=" + KEY + " --server.port=0",
				"--INDIRECT=before ${MY_KEY} behind", "an argument with " + KEY));
		application = new SpringApplicationBuilder(ActuatorApplication.class, Billing.class)
			.applicationStartup(new BufferingApplicationStartup(10_000))
			.run(arguments.toArray(String[]::new));
		http = ActuatorHttp.of(application.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
	}

	@AfterAll
	static void stop() {
		application.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "MY_KEY", "FIRST_HALF", "SECOND_HALF", "QUOTED", "UNPADDED", "LINES", "URL_SAFE", "URL",
			"ESCAPED", "COMMAND", "INDIRECT", "billing.secret", "nonOptionArgs", "kraft.payloads.encryption.keys.2026",
			"kraft.payloads.encryption.keys.2025" })
	void noPropertyThatContainsAKeyIsShown(String name) {
		JsonNode one = http.get("/env/" + name).json();
		String all = http.get("/env").json().findValues(name).toString();

		assertThat(one.path("property").path("value").asString()).isEqualTo("******");
		assertThat(one.path("propertySources").findValues("value")).isNotEmpty()
			.allSatisfy((value) -> assertThat(value.asString()).isEqualTo("******"));
		assertThat(all).matches("\\[(\\{\"value\":\"\\*{6}\".*})?]");
	}

	@Test
	void noPropertyOfABeanThatContainsAKeyIsShown() {
		JsonNode bean = http.get("/configprops/billing").json().findValue("properties");

		assertThat(bean.path("secret").asString()).isEqualTo("******");
		assertThat(bean.path("place").asString()).isEqualTo("shown");
	}

	@Test
	void noEndpointShowsAnyPartOfAKey() {
		List<String> shown = new ArrayList<>();
		for (Map.Entry<String, JsonNode> link : http.get("").json().path("_links").properties()) {
			String path = link.getValue().path("href").asString().replaceFirst("^.*/actuator", "");
			if (path.contains("{") || path.equals("/heapdump")) {
				continue;
			}
			String body = String.valueOf(http.get(path).body()).replace("\\", "");
			assertThat(body).as(path)
				.doesNotContain(KEY, KEY.substring(0, 20), KEY.substring(24, 40), FIRST_HALF, SECOND_HALF);
			shown.add(path);
		}

		assertThat(shown).contains("/env", "/configprops", "/conditions", "/beans", "/startup", "/loggers", "/mappings",
				"/info", "/threaddump", "/workflowruns");
	}

	@Test
	void otherValuesAreShown() {
		assertThat(http.get("/env/billing.place").json().path("property").path("value").asString()).isEqualTo("shown");
		assertThat(http.get("/env/kraft.payloads.encryption.active-key").json().path("property").path("value"))
			.hasToString("\"2026\"");
		assertThat(http.get("/env/java.version").json().path("property").path("value").asString())
			.isEqualTo(System.getProperty("java.version"));
	}

	@ConfigurationProperties("billing")
	record BillingProperties(String secret, String place) {
	}

	@Configuration(proxyBeanMethods = false)
	@EnableConfigurationProperties(BillingProperties.class)
	static class Billing {

	}

}

package io.kraft.spring.boot.autoconfigure.actuate;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.kraft.client.StartOptions;
import io.kraft.client.WorkflowClient;
import io.kraft.client.WorkflowStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.core.userdetails.MapReactiveUserDetailsService;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.web.server.SecurityWebFilterChain;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who may change runs and who sees their payloads, in running applications.
 */
class AccessTests {

	private static final String HIDDEN = "******";

	@ParameterizedTest
	@ValueSource(strings = { "", "management.endpoint.workflowruns.access=read-only" })
	void withoutMoreAccessRunsAreOnlyRead(String property) {
		run((http, context) -> {
			assertThat(http.get("/workflowruns/o").code()).isEqualTo(200);
			assertThat(http.post("/workflowruns/o/terminate").code()).isEqualTo(405);
			assertThat(http.delete("/workflowruns/o").code()).isEqualTo(405);
			assertThat(http.post("/workflowqueues/mails/pause").code()).isEqualTo(405);
			assertThat(http.get("/workflowqueues").code()).isEqualTo(200);
			assertThat(http.post("/workflowschedules/nightly/pause").code()).isIn(404, 405);
			assertThat(http.get("/workflowschedules").code()).isEqualTo(200);
			WorkflowClient client = context.getBean(WorkflowClient.class);
			assertThat(client.find("o").orElseThrow().status()).isNotEqualTo(WorkflowStatus.TERMINATED);
			assertThat(client.schedules().getFirst().paused()).isFalse();
			assertThat(client.queues().getFirst().paused()).isFalse();
		}, ActuatorApplication.WITHOUT_SECURITY, property);
	}

	@Test
	void withoutAccessThereIsNothing() {
		run((http, context) -> {
			assertThat(http.get("/workflowruns").code()).isEqualTo(404);
			assertThat(http.get("/workflowqueues").code()).isEqualTo(404);
			assertThat(http.get("/workflowschedules").code()).isEqualTo(404);
		}, ActuatorApplication.WITHOUT_SECURITY, "management.endpoints.access.default=none");
	}

	@Test
	void withoutSecurityNobodyIsAuthorizedToSeePayloads() {
		run((http, context) -> assertHidden(http), ActuatorApplication.WITHOUT_SECURITY);
	}

	@Test
	void payloadsAreShownToEverybodyWhereThatIsWished() {
		run((http, context) -> assertShown(http), ActuatorApplication.WITHOUT_SECURITY,
				"management.endpoint.workflowruns.show-values=always");
	}

	@Test
	void withoutRolesEveryUserWhoIsKnownIsAuthorized() {
		run((http, context) -> {
			assertHidden(http);
			assertShown(http.as("clerk"));
			assertShown(http.as("chief"));
		});
	}

	@Test
	void withRolesOnlyUsersWhoHaveOneOfThemAreAuthorized() {
		run((http, context) -> {
			assertHidden(http);
			assertHidden(http.as("clerk"));
			assertShown(http.as("chief"));
		}, "management.endpoint.workflowruns.roles[0]=AUDITOR", "management.endpoint.workflowruns.roles[1]=CHIEF");
	}

	@Test
	void payloadsAreHiddenFromEverybodyWhereThatIsWished() {
		run((http, context) -> assertHidden(http.as("chief")), "management.endpoint.workflowruns.show-values=never");
	}

	private static void assertShown(ActuatorHttp http) {
		assertThat(http.awaitStatus("o", "COMPLETED").text("input")).isEqualTo("[\"o\"]");
		assertThat(http.get("/workflowruns/o").text("output")).isEqualTo("\"payment of o\"");
		assertThat(http.get("/workflowruns/o/journal").body()).contains("payment of o").doesNotContain(HIDDEN);
		assertThat(http.get("/workflowruns/o/export").text("format")).isEqualTo("kraft-journal/1");
	}

	private static void assertHidden(ActuatorHttp http) {
		ActuatorHttp.Answer run = http.awaitStatus("o", "COMPLETED");
		assertThat(run.text("input")).isEqualTo(HIDDEN);
		assertThat(run.text("output")).isEqualTo(HIDDEN);
		ActuatorHttp.Answer export = http.get("/workflowruns/o/export");
		assertThat(export.code()).isEqualTo(403);
		assertThat(export.body()).contains("management.endpoint.workflowruns.show-values")
			.doesNotContain("payment of o");
		ActuatorHttp.Answer journal = http.get("/workflowruns/o/journal");
		assertThat(journal.body()).doesNotContain("payment of o", "\\\"o\\\"");
		assertThat(journal.json().path("entries").get(0).path("arguments").asString()).isEqualTo(HIDDEN);
		assertThat(journal.json().path("entries").get(0).path("outcome").isNull()).as("nothing is recorded").isTrue();
		assertThat(journal.json().path("entries").get(1).path("outcome").asString()).isEqualTo(HIDDEN);
		ActuatorHttp.Answer waiting = http.awaitStatus("waiting", "SUSPENDED");
		assertThat(waiting.json().path("output").isNull()).as("there is none").isTrue();
	}

	private interface Check {

		void accept(ActuatorHttp http, ConfigurableApplicationContext context);

	}

	private static void run(Check test, String... properties) {
		List<Class<?>> sources = new ArrayList<>(List.of(ActuatorApplication.class));
		List<String> arguments = new ArrayList<>();
		if (!List.of(properties).contains(ActuatorApplication.WITHOUT_SECURITY)) {
			sources.add(Security.class);
			arguments.add("--spring.autoconfigure.exclude=");
		}
		SpringApplicationBuilder application = new SpringApplicationBuilder(sources.toArray(Class[]::new))
			.properties("server.port=0", "spring.reactor.netty.shutdown-quiet-period=0s", "kraft.storage.type=memory",
					"management.endpoints.web.exposure.include=*")
			.properties(Stream.of(properties).filter((property) -> !property.isEmpty()).toArray(String[]::new));
		try (ConfigurableApplicationContext context = application.run(arguments.toArray(String[]::new))) {
			WorkflowClient client = context.getBean(WorkflowClient.class);
			client.start("pay", StartOptions.defaults().id("o"), "o");
			client.start("ask", StartOptions.defaults().id("waiting"), "waiting");
			test.accept(ActuatorHttp.of(context.getEnvironment().getRequiredProperty("local.server.port", int.class)),
					context);
		}
	}

	/**
	 * Everybody may read, so that it shows who is authorized to see payloads.
	 */
	static class Security {

		@Bean
		MapReactiveUserDetailsService users() {
			return new MapReactiveUserDetailsService(
					User.withUsername("clerk").password("{noop}secret").roles("CLERK").build(),
					User.withUsername("chief").password("{noop}secret").roles("CHIEF").build());
		}

		@Bean
		SecurityWebFilterChain chain(ServerHttpSecurity http) {
			return http.authorizeExchange((exchanges) -> exchanges.anyExchange().permitAll())
				.httpBasic(Customizer.withDefaults())
				.build();
		}

	}

}

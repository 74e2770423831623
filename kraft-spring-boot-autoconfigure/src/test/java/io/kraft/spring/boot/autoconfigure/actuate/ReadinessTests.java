package io.kraft.spring.boot.autoconfigure.actuate;

import java.util.function.Consumer;

import io.kraft.engine.KraftEngine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The engine in the readiness of running applications.
 */
class ReadinessTests {

	@Test
	void anApplicationWhoseEngineHasStoppedIsNotReadyAndStaysAlive() {
		run((application) -> {
			assertThat(application.get("/health/readiness").code()).isEqualTo(200);
			application.stopEngine();

			assertThat(application.get("/health/readiness").code()).isEqualTo(503);
			assertThat(application.get("/health/readiness").text("status")).isEqualTo("DOWN");
			assertThat(application.get("/health/liveness").code()).isEqualTo(200);
			assertThat(application.get("/health/kraft").code()).isEqualTo(503);
		}, "management.endpoint.health.show-components=always");
	}

	@Test
	void theProbesAtTheRootOfTheServerSayTheSame() {
		run((application) -> {
			application.stopEngine();

			assertThat(application.getFromRoot("/readyz").code()).isEqualTo(503);
			assertThat(application.getFromRoot("/livez").code()).isEqualTo(200);
		}, "management.endpoint.health.probes.add-additional-paths=true");
	}

	@Test
	void anApplicationsOwnGroupWins() {
		run((application) -> {
			application.stopEngine();

			assertThat(application.get("/health/readiness").code()).isEqualTo(200);
		}, "management.endpoint.health.group.readiness.include=readinessState");
	}

	@Test
	void anApplicationsOwnGroupMayLeaveTheEngineOut() {
		run((application) -> {
			application.stopEngine();

			assertThat(application.get("/health/readiness").code()).isEqualTo(200);
		}, "management.endpoint.health.group.readiness.exclude=kraft");
	}

	@Test
	void otherSettingsOfTheGroupLeaveEverythingInIt() {
		run((application) -> {
			application.stopEngine();

			assertThat(application.get("/health/readiness").json().path("components").has("kraft")).isTrue();
		}, "management.endpoint.health.group.readiness.show-components=always");
	}

	@ParameterizedTest
	@ValueSource(strings = { "management.health.kraft.enabled=false", "kraft.enabled=false" })
	void anApplicationWithoutTheComponentIsReadyWithoutIt(String property) {
		run((application) -> assertThat(application.get("/health/readiness").code()).isEqualTo(200), property);
	}

	@Test
	void withoutProbesThereIsNoReadiness() {
		run((application) -> {
			assertThat(application.get("/health/readiness").code()).isEqualTo(404);
			assertThat(application.get("/health").code()).isEqualTo(200);
		}, "management.endpoint.health.probes.enabled=false");
	}

	private static void run(Consumer<Application> test, String... properties) {
		SpringApplicationBuilder builder = new SpringApplicationBuilder(ActuatorApplication.class)
			.properties("server.port=0", "spring.reactor.netty.shutdown-quiet-period=0s", "kraft.storage.type=memory",
					ActuatorApplication.WITHOUT_SECURITY)
			.properties(properties);
		try (ConfigurableApplicationContext context = builder.run()) {
			test.accept(new Application(context));
		}
	}

	private record Application(ConfigurableApplicationContext context) {

		ActuatorHttp.Answer get(String path) {
			return http().get(path);
		}

		ActuatorHttp.Answer getFromRoot(String path) {
			return http().atRoot().get(path);
		}

		private ActuatorHttp http() {
			return ActuatorHttp.of(this.context.getEnvironment().getRequiredProperty("local.server.port", int.class));
		}

		void stopEngine() {
			this.context.getBean(KraftEngine.class).stop();
		}

	}

}

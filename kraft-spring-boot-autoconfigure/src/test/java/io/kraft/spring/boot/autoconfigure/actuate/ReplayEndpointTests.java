package io.kraft.spring.boot.autoconfigure.actuate;

import java.util.Map;

import io.kraft.spring.boot.autoconfigure.actuate.ActuatorHttp.Answer;
import org.junit.jupiter.api.Test;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The endpoint that replays waiting runs, and what a run's failure looks like.
 */
class ReplayEndpointTests {

	@Test
	void theCheckAnswersWithAReport() {
		try (ConfigurableApplicationContext application = application(
				"--management.endpoint.workflowreplay.access=unrestricted")) {
			ActuatorHttp http = http(application);

			Answer report = http.post("/workflowreplay", Map.of());

			assertThat(report.code()).isEqualTo(200);
			assertThat(report.json().path("complete").asBoolean()).isTrue();
			assertThat(report.json().path("replayed").isNumber()).isTrue();
			assertThat(http.get("/workflowruns/unknown/failure").code()).isEqualTo(404);
		}
	}

	@Test
	void withoutMoreAccessNothingIsReplayed() {
		try (ConfigurableApplicationContext application = application("--kraft.replay.check-on-start=report")) {
			assertThat(http(application).post("/workflowreplay", Map.of()).code()).isIn(404, 405);
		}
	}

	private static ActuatorHttp http(ConfigurableApplicationContext application) {
		return ActuatorHttp.of(application.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
	}

	private static ConfigurableApplicationContext application(String argument) {
		return new SpringApplicationBuilder(ActuatorApplication.class).run("--server.port=0",
				"--kraft.storage.type=memory",
				"--management.endpoints.web.exposure.include=workflowruns,workflowreplay",
				"--" + ActuatorApplication.WITHOUT_SECURITY, argument);
	}

}

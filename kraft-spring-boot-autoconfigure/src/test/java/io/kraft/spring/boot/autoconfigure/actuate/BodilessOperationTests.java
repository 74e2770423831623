package io.kraft.spring.boot.autoconfigure.actuate;

import java.nio.file.Path;

import io.kraft.spring.boot.autoconfigure.actuate.ActuatorHttp.Answer;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.io.DefaultResourceLoader;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Operations without parameters need neither a body nor a content type, on both web
 * stacks; a body of another type is refused, and not ignored.
 */
class BodilessOperationTests {

	@TempDir
	Path temporary;

	@ParameterizedTest
	@ValueSource(strings = { "servlet", "reactive" })
	void noOperationDemandsABody(String stack) {
		try (ConfigurableApplicationContext application = application(stack)) {
			ActuatorHttp http = http(application);

			assertThat(http.post("/workflowreplay").code()).isEqualTo(200);
			assertThat(http.post("/workflowbackups/nightly").code()).isEqualTo(200);
			assertThat(http.post("/workflowqueues/mails/pause").code()).isEqualTo(202);
			assertThat(http.post("/workflowschedules/nightly/pause").code()).isEqualTo(202);
			assertThat(http.post("/workflowruns/unknown/cancel").code()).isEqualTo(404);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "servlet", "reactive" })
	void aBodyOfAnotherTypeIsNotIgnored(String stack) {
		try (ConfigurableApplicationContext application = application(stack)) {
			ActuatorHttp http = http(application);
			String path = "/workflowruns/" + run(application) + "/restart";

			Answer restart = http.postForm(path, "{\"from\": \"1\"}");
			Answer check = http.postForm("/workflowreplay", "{\"name\": \"pay\"}");

			assertThat(restart.code()).isEqualTo(415);
			assertThat(check.code()).isEqualTo(415);
		}
	}

	private static String run(ConfigurableApplicationContext application) {
		return application.getBean(ActuatorApplication.Orders.class).pay("o").endsWith("o") ? "o" : "";
	}

	private static ActuatorHttp http(ConfigurableApplicationContext application) {
		return ActuatorHttp.of(application.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
	}

	private ConfigurableApplicationContext application(String stack) {
		return new SpringApplicationBuilder(ActuatorApplication.class)
			.resourceLoader(new DefaultResourceLoader(
					new FilteredClassLoader("org.springframework.security", "org.springframework.boot.security")))
			.run("--server.port=0", "--spring.autoconfigure.exclude=", "--spring.main.web-application-type=" + stack,
					"--kraft.storage.path=" + this.temporary.resolve("data"),
					"--kraft.storage.backup-path=" + this.temporary.resolve("backups"),
					"--management.endpoints.web.exposure.include=*",
					"--management.endpoints.access.default=unrestricted");
	}

}

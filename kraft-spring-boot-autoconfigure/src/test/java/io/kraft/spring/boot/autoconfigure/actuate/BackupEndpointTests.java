package io.kraft.spring.boot.autoconfigure.actuate;

import java.nio.file.Path;

import io.kraft.spring.boot.autoconfigure.actuate.ActuatorHttp.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Backups over HTTP, from a running application.
 */
@ExtendWith(OutputCaptureExtension.class)
class BackupEndpointTests {

	@TempDir
	Path temporary;

	@Test
	void aBackupIsMadeOnceByNameAndCanBeOpened(CapturedOutput output) {
		try (ConfigurableApplicationContext application = application(data(),
				"--kraft.storage.backup-path=" + backups(),
				"--management.endpoint.workflowbackups.access=unrestricted")) {
			ActuatorHttp http = http(application);

			Answer made = http.post("/workflowbackups/nightly");
			Answer repeated = http.post("/workflowbackups/nightly");
			Answer hostile = http.post("/workflowbackups/..%2Fnightly");

			assertThat(made.code()).isEqualTo(200);
			assertThat(made.text("name")).isEqualTo("nightly");
			assertThat(made.json().path("epoch").asLong()).isEqualTo(1);
			assertThat(made.json().path("sizeBytes").asLong()).isPositive();
			assertThat(repeated.code()).isEqualTo(409);
			assertThat(repeated.problem()).contains("KRAFT-4009", "'nightly'", "is not an empty directory")
				.doesNotContain(this.temporary.toString());
			assertThat(output).contains("The backup to " + backups().resolve("nightly") + " is refused");
			assertThat(hostile.code()).isBetween(400, 409);
			assertThat(this.temporary.resolve("nightly")).doesNotExist();
		}
		try (ConfigurableApplicationContext restored = application(backups().resolve("nightly"))) {
			assertThat(http(restored).get("/workflowruns").code()).isEqualTo(200);
		}
	}

	@Test
	void withoutMoreAccessNoBackupIsMade() {
		try (ConfigurableApplicationContext application = application(data(),
				"--kraft.storage.backup-path=" + backups())) {
			assertThat(http(application).post("/workflowbackups/nightly").code()).isIn(404, 405);
			assertThat(backups()).doesNotExist();
		}
	}

	private static ActuatorHttp http(ConfigurableApplicationContext application) {
		return ActuatorHttp.of(application.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
	}

	private static ConfigurableApplicationContext application(Path data, String... arguments) {
		String[] all = new String[arguments.length + 4];
		System.arraycopy(arguments, 0, all, 4, arguments.length);
		all[0] = "--server.port=0";
		all[1] = "--kraft.storage.path=" + data;
		all[2] = "--management.endpoints.web.exposure.include=workflowruns,workflowbackups";
		all[3] = "--" + ActuatorApplication.WITHOUT_SECURITY;
		return new SpringApplicationBuilder(ActuatorApplication.class).run(all);
	}

	private Path data() {
		return this.temporary.resolve("data");
	}

	private Path backups() {
		return this.temporary.resolve("backups");
	}

}

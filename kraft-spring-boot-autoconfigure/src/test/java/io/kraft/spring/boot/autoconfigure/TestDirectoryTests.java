package io.kraft.spring.boot.autoconfigure;

import java.nio.file.Path;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A plain test does not go on with the developer's runs.
 */
@SpringBootTest(webEnvironment = WebEnvironment.NONE, classes = TestDirectoryTests.Application.class)
class TestDirectoryTests {

	@Test
	void aPlainTestHasATemporaryDirectory(@Autowired KraftProperties properties) {
		assertThat(Path.of(properties.storage().path())).isAbsolute()
			.startsWith(Path.of(System.getProperty("java.io.tmpdir")));
		assertThat(Path.of(properties.storage().path()).getFileName().toString()).startsWith("kraft-test-");
	}

	@Test
	void anApplicationThatIsNoTestHasItsOwn() {
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
			.run("--kraft.storage.type=memory", "--spring.main.web-application-type=none")) {
			assertThat(context.getBean(KraftProperties.class).storage().path()).isEqualTo("./data/kraft");
		}
	}

	@Nested
	@TestPropertySource(properties = { "kraft.storage.path=target/named", "kraft.storage.type=memory" })
	class WithADirectory {

		@Test
		void theOneThatIsNamedWins(@Autowired KraftProperties properties) {
			assertThat(properties.storage().path()).isEqualTo("target/named");
		}

	}

	@Configuration(proxyBeanMethods = false)
	@Import(KraftAutoConfiguration.class)
	static class Application {

	}

}

package io.kraft.spring.boot.autoconfigure;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.core.io.support.SpringFactoriesLoader.ArgumentResolver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * An application whose start fails, and what Boot reports of it: all registered analyzers
 * are asked, in the order in which Boot asks them.
 */
final class FailedStart {

	private FailedStart() {
	}

	static FailureAnalysis of(String... properties) {
		return of(KraftApplication.class, properties);
	}

	static FailureAnalysis of(Class<?> configuration, String... properties) {
		AtomicReference<ConfigurableApplicationContext> context = new AtomicReference<>();
		SpringApplication application = new SpringApplication(KraftApplication.class, configuration);
		application
			.setInitializers(List.<ApplicationContextInitializer<ConfigurableApplicationContext>>of(context::set));
		String[] arguments = Stream.concat(Stream.of("spring.main.web-application-type=none"), Stream.of(properties))
			.map((property) -> "--" + property)
			.toArray(String[]::new);

		Throwable failure = catchThrowable(() -> application.run(arguments).close());

		assertThat(failure).as("the start fails").isNotNull();
		return analyze(failure, context.get());
	}

	private static FailureAnalysis analyze(Throwable failure, ConfigurableApplicationContext context) {
		ArgumentResolver arguments = ArgumentResolver.of(BeanFactory.class, context.getBeanFactory())
			.and(Environment.class, context.getEnvironment());
		return SpringFactoriesLoader.forDefaultResourceLocation()
			.load(FailureAnalyzer.class, arguments, (type, name, absentLibrary) -> {
			})
			.stream()
			.flatMap((analyzer) -> Optional.ofNullable(analyzer.analyze(failure)).stream())
			.findFirst()
			.orElseThrow(() -> new AssertionError("no analysis", failure));
	}

	@ImportAutoConfiguration(KraftAutoConfiguration.class)
	static class KraftApplication {

	}

}

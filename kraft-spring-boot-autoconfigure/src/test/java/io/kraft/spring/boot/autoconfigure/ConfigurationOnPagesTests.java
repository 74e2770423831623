package io.kraft.spring.boot.autoconfigure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.kraft.spring.boot.autoconfigure.payload.PayloadProperties;
import io.kraft.spring.boot.autoconfigure.property.Overrides;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.env.PropertiesPropertySourceLoader;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.Resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

/**
 * What the pages show to be copied into files of an application: configuration is read as
 * Spring Boot reads it, and its properties {@code kraft.*} exist and have valid values;
 * the modules of Kraft exist, in this version.
 */
class ConfigurationOnPagesTests {

	private static final Pattern BLOCK = Pattern.compile("^```(\\w+)\\R(.*?)^```", Pattern.DOTALL | Pattern.MULTILINE);

	private static final Pattern IN_XML = Pattern.compile("<groupId>io\\.kraft</groupId>\\s*"
			+ "<artifactId>([^<]+)</artifactId>\\s*(?:<version>([^<]+)</version>)?");

	private static final Pattern IN_GRADLE = Pattern.compile("'io\\.kraft:([\\w-]+):([^']+)'");

	/** What the pages take from the environment. */
	private static final Map<String, Object> SECRETS = Map.of("KRAFT_KEY_2026_12",
			Base64.getEncoder().encodeToString(new byte[32]));

	@ParameterizedTest
	@MethodSource("configurations")
	void whatIsConfiguredExists(String page, String language, String block) throws IOException {
		StandardEnvironment environment = new StandardEnvironment();
		for (PropertySource<?> source : load(language, block)) {
			assertThat(((EnumerablePropertySource<?>) source).getPropertyNames()).isNotEmpty();
			environment.getPropertySources().addFirst(source);
		}
		environment.getPropertySources().addLast(new MapPropertySource("secrets", SECRETS));
		DefaultListableBeanFactory beans = new DefaultListableBeanFactory();
		beans.registerBeanDefinition("properties", new RootBeanDefinition(KraftProperties.class));
		beans.registerBeanDefinition("payloads", new RootBeanDefinition(PayloadProperties.class));

		assertThatCode(() -> {
			Binder.get(environment).bindOrCreate("kraft", KraftProperties.class);
			new UnknownPropertyCheck(beans, environment, Overrides.of(environment)).afterSingletonsInstantiated();
		}).as("%s: %s", page, block).doesNotThrowAnyException();
	}

	@ParameterizedTest
	@MethodSource("builds")
	void whatIsDependedOnExists(String page, String language, String block) throws IOException {
		Matcher module = language.equals("xml") ? IN_XML.matcher(block) : IN_GRADLE.matcher(block);
		while (module.find()) {
			Path pom = Path.of("..", module.group(1), "pom.xml");

			assertThat(pom).as(page).exists();
			assertThat(Files.readString(pom)).contains("<artifactId>" + module.group(1) + "</artifactId>",
					"<version>" + module.group(2) + "</version>");
		}
	}

	static Stream<Arguments> configurations() throws IOException {
		return blocks("yaml", "properties");
	}

	static Stream<Arguments> builds() throws IOException {
		return blocks("xml", "groovy");
	}

	private static Stream<Arguments> blocks(String... languages) throws IOException {
		List<Arguments> blocks = new ArrayList<>();
		List<Path> pages = new ArrayList<>(List.of(Path.of("../README.md")));
		try (Stream<Path> docs = Files.walk(Path.of("../docs"))) {
			docs.filter((file) -> file.toString().endsWith(".md")).sorted().forEach(pages::add);
		}
		for (Path page : pages) {
			BLOCK.matcher(Files.readString(page))
				.results()
				.filter((block) -> List.of(languages).contains(block.group(1)))
				.forEach((block) -> blocks.add(Arguments.of(page.toString(), block.group(1), block.group(2))));
		}
		assertThat(blocks).hasSizeGreaterThan(1);
		return blocks.stream();
	}

	private static List<PropertySource<?>> load(String language, String block) throws IOException {
		Resource resource = new ByteArrayResource(block.getBytes(StandardCharsets.UTF_8));
		return language.equals("yaml") ? new YamlPropertySourceLoader().load("page", resource)
				: new PropertiesPropertySourceLoader().load("page", resource);
	}

}

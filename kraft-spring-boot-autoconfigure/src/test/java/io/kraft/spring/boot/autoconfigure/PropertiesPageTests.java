package io.kraft.spring.boot.autoconfigure;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

import io.kraft.workflow.Step;
import io.kraft.workflow.Workflow;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.util.StringUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Holds {@code docs/reference/properties.md} and the configuration metadata together.
 */
class PropertiesPageTests {

	/** Not that of the tests, which have properties, too. */
	private static final Resource METADATA = new FileSystemResource(
			"target/classes/META-INF/spring-configuration-metadata.json");

	/** Name, default, bound and meaning of a property. */
	private static final Pattern ROW = Pattern
		.compile("\\| `((?:kraft|management)\\.[^`]+)` \\| (?:`([^`]*)` )?\\|([^|]*)\\| (.+) \\|");

	@Test
	void thePageHasEachPropertyWithItsDefaultAndItsMeaning() throws Exception {
		Map<String, String> metadata = new TreeMap<>();
		for (JsonNode property : JsonMapper.shared().readTree(METADATA.getInputStream()).path("properties")) {
			if (property.path("name").asString().matches("kraft\\..*|management\\..*\\.(show-values|roles)")
					&& !property.path("type").asString().startsWith("java.util.Map")) {
				metadata.put(property.path("name").asString().replace("*", "<name>"),
						property.path("defaultValue").asString(null));
			}
		}

		Map<String, String> page = new TreeMap<>();
		ROW.matcher(Files.readString(Path.of("../docs/reference/properties.md")))
			.results()
			.forEach((row) -> page.put(row.group(1), row.group(2)));

		assertThat(page).isEqualTo(metadata);
	}

	@Test
	void thePageNamesTheBoundThatAValueIsCheckedAgainst() throws Exception {
		Map<String, String> bounds = new TreeMap<>();
		ROW.matcher(Files.readString(Path.of("../docs/reference/properties.md")))
			.results()
			.forEach((row) -> bounds.put(row.group(1), row.group(3).replace("`", "").strip()));

		assertThat(bounds).hasSize(86);
		bounds.forEach((property, bound) -> {
			String wrong = switch (bound) {
				case "at least 1" -> "0";
				case "at least 0" -> "-1";
				case "at least 1B" -> "0B";
				case "0 to 1" -> "2";
				case "1 to 64" -> "65";
				case "1 to 100000" -> "100001";
				case "more than 0" -> "0s";
				case "not empty" -> " ";
				case "a path such as /kraft" -> "kraft";
				case "a host name such as ops.example.com" -> "http://ops";
				default -> "";
			};
			if (bound.equals("any") || property.startsWith("management.")) {
				return;
			}
			if (!wrong.isEmpty()) {
				String given = property.replace("<name>", "named");
				assertThat(FailedStart.of(Named.class, given + "=" + wrong).getDescription())
					.contains("'" + given + "'")
					.contains("It must be " + bound + ".");
			}
			else {
				String allowed = FailedStart.of(property + "=none").getAction();
				for (String value : StringUtils.tokenizeToStringArray(bound, ", ")) {
					assertThat(allowed).containsIgnoringCase(value.replace('-', '_'));
				}
			}
		});
	}

	static class Named {

		@Step(name = "named")
		void step() {
		}

		@Workflow(name = "named")
		void workflow() {
		}

	}

}

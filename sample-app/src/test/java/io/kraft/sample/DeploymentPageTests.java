package io.kraft.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.kraft.spring.boot.autoconfigure.KraftProperties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.context.LifecycleProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What {@code docs/guide/deployment.md} shows does what its text says, as far as this
 * application can tell: no container is started.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@DirtiesContext // Closed before its directory is removed.
class DeploymentPageTests {

	@TempDir
	private static Path directory;

	private final String page = Files.readString(Path.of("../docs/guide/deployment.md"));

	private final String dockerfile = block("dockerfile", "FROM");

	private final Map<String, Object> compose = yaml(block("yaml", "services:")).getFirst();

	private final Map<String, Object> service;

	private final Map<String, Object> statefulSet;

	private final Map<String, Object> pod;

	private final Map<String, Object> container;

	private final WebTestClient http;

	private final Duration longestStop;

	DeploymentPageTests(@Value("${local.server.port}") int port, @Autowired KraftProperties kraft,
			@Autowired LifecycleProperties lifecycle) throws IOException {
		List<Map<String, Object>> resources = yaml(block("yaml", "apiVersion"));
		this.service = resources.getFirst();
		this.statefulSet = resources.getLast();
		this.pod = map(this.statefulSet, "spec", "template", "spec");
		this.container = list(this.pod, "containers").getFirst();
		this.http = WebTestClient.bindToServer().baseUrl("http://localhost:" + port).build();
		this.longestStop = lifecycle.getTimeoutPerShutdownPhase().plus(kraft.shutdownGracePeriod());
	}

	@DynamicPropertySource
	static void directories(DynamicPropertyRegistry properties) {
		properties.add("kraft.storage.path", directory.resolve("kraft")::toString);
		properties.add("sample.effects-log", directory.resolve("effects.log")::toString);
	}

	@Test
	void thereIsOneReplicaThatIsNeverDoubled() {
		assertThat(this.statefulSet).containsEntry("kind", "StatefulSet");
		assertThat(map(this.statefulSet, "spec")).containsEntry("replicas", 1).doesNotContainKey("updateStrategy");
		assertThat(list(map(this.statefulSet, "spec"), "volumeClaimTemplates")).singleElement()
			.satisfies((claim) -> assertThat(map(claim, "spec").get("accessModes"))
				.isEqualTo(List.of("ReadWriteOncePod")));
		assertThat(this.page).contains("strategy: {type: Recreate}");
	}

	@Test
	void theServiceLeadsToThePod() {
		Object labels = map(this.statefulSet, "spec", "template", "metadata").get("labels");

		assertThat(map(this.service, "spec").get("selector")).isEqualTo(labels);
		assertThat(map(this.statefulSet, "spec", "selector").get("matchLabels")).isEqualTo(labels);
		assertThat(map(this.statefulSet, "spec").get("serviceName"))
			.isEqualTo(map(this.service, "metadata").get("name"));
		assertThat(list(map(this.service, "spec"), "ports")).extracting((port) -> port.get("targetPort"))
			.isEqualTo(list(this.container, "ports").stream().map((port) -> port.get("name")).toList());
	}

	@Test
	void thereIsMoreTimeToStopThanAStopTakesAtMost() {
		assertThat(Duration.ofSeconds((int) this.pod.get("terminationGracePeriodSeconds")))
			.isGreaterThan(this.longestStop);
		assertThat(Duration.ofSeconds(number("--stop-timeout (\\d+)"))).isGreaterThan(this.longestStop);
		assertThat(Duration
			.ofSeconds(Integer.parseInt(composed().get("stop_grace_period").toString().replaceFirst("s$", ""))))
			.isGreaterThan(this.longestStop);
	}

	@Test
	void theStoreAndItsBackupsAreOnTheVolume() {
		String mounted = list(this.container, "volumeMounts").getFirst().get("mountPath").toString();
		Map<String, Object> variables = new LinkedHashMap<>();
		list(this.container, "env")
			.forEach((variable) -> variables.put(variable.get("name").toString(), variable.get("value")));
		KraftProperties.Storage storage = storage(variables);

		assertThat(storage.path()).startsWith(mounted + "/");
		assertThat(storage.backupPath()).startsWith(mounted + "/").isNotEqualTo(storage.path());
		assertThat(list(this.container, "volumeMounts").getFirst().get("name")).isEqualTo(
				map(list(map(this.statefulSet, "spec"), "volumeClaimTemplates").getFirst(), "metadata").get("name"));
		assertThat(composed().get("volumes")).isEqualTo(List.of("orders-data:" + mounted));
		assertThat(map(this.compose, "volumes")).containsOnlyKeys("orders-data");
		assertThat(this.page).contains("-v orders-data:" + mounted + " ");
		assertThat(this.dockerfile).contains("VOLUME " + mounted + "\n");
		assertThat(storage(Map.of("KRAFT_STORAGE_PATH", instruction("ENV KRAFT_STORAGE_PATH="))).path())
			.isEqualTo(storage.path());
	}

	@Test
	void theUserOwnsTheVolume() {
		int user = (int) map(this.pod, "securityContext").get("runAsUser");

		assertThat(map(this.pod, "securityContext")).containsEntry("fsGroup", user).containsEntry("runAsNonRoot", true);
		assertThat(this.dockerfile).contains("--uid " + user + " app", "chown app /data\nUSER app\nVOLUME /data\n");
	}

	@Test
	void theJvmItselfGetsTheSignalToStop() {
		List<String> entryPoint = new Yaml().load(instruction("ENTRYPOINT "));

		assertThat(entryPoint).startsWith("java").endsWith("-jar", "/app.jar");
		assertThat(this.dockerfile).contains(" /app.jar\n");
	}

	@ParameterizedTest
	@ValueSource(strings = { "readinessProbe", "livenessProbe", "startupProbe" })
	void aProbeAsksForWhatIsThere(String probe) {
		Map<String, Object> get = map(this.container, probe, "httpGet");

		assertThat(list(this.container, "ports")).extracting((port) -> port.get("name")).contains(get.get("port"));
		this.http.get()
			.uri(get.get("path").toString())
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.status")
			.isEqualTo("UP");
	}

	@Test
	void heapAndNativeMemoryFitIntoTheLimit() {
		assertThat(map(this.container, "resources", "limits")).containsEntry("memory", "1Gi");
		assertThat(composed()).containsEntry("mem_limit", "1g");
		assertThat(this.page).contains(" -m 1g ");
		long nativeMemory = storage(Map.of()).nativeMemory().toMegabytes();
		assertThat(1024 * number("MaxRAMPercentage=(\\d+)") / 100 + nativeMemory).isLessThanOrEqualTo(768);
	}

	private static KraftProperties.Storage storage(Map<String, Object> variables) {
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources()
			.replace(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, new SystemEnvironmentPropertySource(
					StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables));
		return Binder.get(environment).bindOrCreate("kraft.storage", KraftProperties.Storage.class);
	}

	private Map<String, Object> composed() {
		return map(this.compose, "services", "orders");
	}

	private int number(String pattern) {
		Matcher matcher = Pattern.compile(pattern).matcher(this.page);
		assertThat(matcher.find()).as(pattern).isTrue();
		return Integer.parseInt(matcher.group(1));
	}

	private String instruction(String start) {
		return this.dockerfile.lines()
			.filter((line) -> line.startsWith(start))
			.map((line) -> line.substring(start.length()))
			.findFirst()
			.orElseThrow();
	}

	private String block(String language, String start) {
		Matcher block = Pattern.compile("```" + language + "\n(" + start + ".*?)```", Pattern.DOTALL)
			.matcher(this.page);
		assertThat(block.find()).as("%s that begins with %s", language, start).isTrue();
		return block.group(1);
	}

	@SuppressWarnings("unchecked")
	private static List<Map<String, Object>> yaml(String text) {
		List<Map<String, Object>> documents = new ArrayList<>();
		new Yaml().loadAll(text).forEach((document) -> documents.add((Map<String, Object>) document));
		return documents;
	}

	@SuppressWarnings("unchecked")
	private static Map<String, Object> map(Map<String, Object> from, String... path) {
		return Stream.of(path).reduce(from, (map, key) -> {
			assertThat(map).containsKey(key);
			return (Map<String, Object>) map.get(key);
		}, (left, right) -> right);
	}

	@SuppressWarnings("unchecked")
	private static List<Map<String, Object>> list(Map<String, Object> from, String key) {
		assertThat(from).containsKey(key);
		return (List<Map<String, Object>>) from.get(key);
	}

}

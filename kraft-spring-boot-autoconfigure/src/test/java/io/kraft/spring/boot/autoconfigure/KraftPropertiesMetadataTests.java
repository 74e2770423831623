package io.kraft.spring.boot.autoconfigure;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import io.kraft.spring.boot.autoconfigure.property.QueueProperties;
import io.kraft.spring.boot.autoconfigure.property.StepProperties;
import io.kraft.spring.boot.autoconfigure.property.WorkflowProperties;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;

import static org.assertj.core.api.Assertions.assertThat;

class KraftPropertiesMetadataTests {

	/** Not that of the tests, which have properties, too. */
	private static final Resource METADATA = new FileSystemResource(
			"target/classes/META-INF/spring-configuration-metadata.json");

	@Test
	void everyPropertyHasADescriptionAndADefaultUnlessItIsOfASingleStepWorkflowOrQueueOrAList() throws Exception {
		List<JsonNode> properties = properties();

		assertThat(properties).extracting((property) -> property.path("name").asString())
			.containsExactlyInAnyOrder("kraft.enabled", "kraft.storage.type", "kraft.storage.path",
					"kraft.storage.sync", "kraft.storage.min-free-space", "kraft.storage.verify-on-start",
					"kraft.storage.native-memory", "kraft.storage.backup-path", "kraft.storage.backup-timeout",
					"kraft.storage.allow-shared-directory", "kraft.payloads.encryption.active-key",
					"kraft.payloads.encryption.keys", "kraft.payloads.encryption.accept-plain",
					"kraft.payloads.compression.enabled", "kraft.payloads.compression.min-size",
					"kraft.engine.partitions", "kraft.engine.max-concurrent-workflows",
					"kraft.engine.max-parked-workflows", "kraft.engine.max-payload-size",
					"kraft.engine.max-loaded-journals", "kraft.engine.max-inbox", "kraft.engine.max-loaded-inboxes",
					"kraft.engine.max-journal-size", "kraft.engine.max-tags", "kraft.engine.max-tags-size",
					"kraft.engine.max-message-ids", "kraft.engine.max-published-size", "kraft.engine.max-state-size",
					"kraft.web.max-stream-memory", "kraft.web.max-scheduled-runs", "kraft.engine.max-journal-entries",
					"kraft.engine.off-thread-calls", "kraft.client.call-timeout",
					"kraft.defaults.step.retry.max-attempts", "kraft.defaults.step.retry.initial-delay",
					"kraft.defaults.step.retry.multiplier", "kraft.defaults.step.retry.max-delay",
					"kraft.defaults.step.retry.jitter", "kraft.defaults.step.retry.on-exhausted",
					"kraft.journal.record-arguments", "kraft.replay.argument-mismatch", "kraft.replay.check-on-start",
					"kraft.proxy.self-invocation", "kraft.transactions.start", "kraft.metrics.stuck-after",
					"kraft.logging.skip-on-replay", "kraft.retention", "kraft.shutdown-grace-period",
					"kraft.web.enabled", "kraft.web.base-path", "kraft.web.read-authority", "kraft.web.write-authority",
					"kraft.web.unsecured-reads", "kraft.web.unsecured-writes", "kraft.web.allowed-hosts",
					"kraft.web.body-timeout", "kraft.web.max-requests-per-caller", "kraft.web.max-streams-per-caller",
					"kraft.web.max-stream-life", "kraft.web.show-values", "kraft.web.allowed-origins",
					"kraft.web.max-request-size", "kraft.web.max-concurrent-requests", "kraft.web.max-streams",
					"kraft.web.max-wait", "kraft.web.keep-alive", "kraft.web.threads", "kraft.steps",
					"kraft.steps.*.timeout", "kraft.steps.*.retry.max-attempts", "kraft.steps.*.retry.initial-delay",
					"kraft.steps.*.retry.multiplier", "kraft.steps.*.retry.max-delay", "kraft.steps.*.retry.jitter",
					"kraft.steps.*.retry.on-exhausted", "kraft.workflows", "kraft.workflows.*.timeout",
					"kraft.workflows.*.retention", "kraft.workflows.*.max-concurrent", "kraft.queues",
					"kraft.queues.*.concurrency", "kraft.queues.*.concurrency-per-node",
					"kraft.queues.*.rate-limit.max", "kraft.queues.*.rate-limit.period",
					"kraft.queues.*.retry.max-attempts", "kraft.queues.*.retry.initial-delay",
					"kraft.queues.*.retry.max-delay", "kraft.queues.*.retention");
		assertThat(properties).allSatisfy((property) -> {
			assertThat(property.path("description").asString("")).isNotBlank().endsWith(".");
			assertThat(property.has("defaultValue")).isNotEqualTo(property.path("name")
				.asString()
				.matches(
						"kraft\\.(steps|workflows|queues|storage\\.backup-path|payloads\\.encryption\\.(active-key|keys)|engine\\.max-loaded-(journals|inboxes)|client\\.call-timeout|web\\.(allowed-(hosts|origins)|max-stream-memory)|logging\\.skip-on-replay).*"));
		});
	}

	@Test
	void thePropertiesOfOneStepWorkflowOrQueueAreThoseThatAreBound() throws Exception {
		assertThat(properties()).extracting((property) -> property.path("name").asString())
			.filteredOn((name) -> name.contains("*"))
			.containsExactlyInAnyOrderElementsOf(Stream
				.of(attributes("kraft.steps.*", StepProperties.class),
						attributes("kraft.workflows.*", WorkflowProperties.class),
						attributes("kraft.queues.*", QueueProperties.class))
				.flatMap(Function.identity())
				.toList());
	}

	private static Stream<String> attributes(String prefix, Class<?> type) {
		return Arrays.stream(type.getRecordComponents()).flatMap((component) -> {
			String name = prefix + "." + DataObjectPropertyName.toDashedForm(component.getName());
			return component.getType().isRecord() ? attributes(name, component.getType()) : Stream.of(name);
		});
	}

	@Test
	void whatTheEndpointOfRunsShowsHasTheWordsOfBootsOwnEndpoints() throws Exception {
		assertThat(metadata().path("properties")).extracting((property) -> property.path("name").asString())
			.contains("management.endpoint.workflowruns.show-values", "management.endpoint.workflowruns.roles",
					"management.endpoint.workflowruns.access");
	}

	@Test
	void editorsAreToldWhatSuitsSomeProperties() throws Exception {
		assertThat(metadata().path("hints")).extracting((hint) -> hint.path("name").asString())
			.contains("kraft.logging.skip-on-replay", "kraft.web.base-path", "kraft.retention");
	}

	private static JsonNode metadata() throws Exception {
		return JsonMapper.shared().readTree(METADATA.getInputStream());
	}

	private static List<JsonNode> properties() throws Exception {
		return StreamSupport.stream(metadata().path("properties").spliterator(), false)
			.filter((property) -> property.path("name").asString().startsWith("kraft."))
			.toList();
	}

}

package io.kraft.spring.boot.web;

import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.kraft.client.FailedOperation;
import io.kraft.client.FailureView;
import io.kraft.client.JournalEntryView;
import io.kraft.client.ReplayCheckReport;
import io.kraft.client.RunFailure;
import io.kraft.client.ScheduleDescription;
import io.kraft.client.WorkflowDescription;
import io.kraft.client.WorkflowDetail;
import io.kraft.client.WorkflowStatus;
import io.kraft.spring.boot.autoconfigure.backup.BackupDescriptor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Holds the OpenAPI description and the routes together.
 */
class OpenApiDescriptionTests {

	private static final Pattern VARIABLE = Pattern.compile("\\{(\\w+)}");

	private static TestServer server;

	private static JsonNode description;

	@BeforeAll
	static void start() {
		server = TestServer.open(Stack.REACTIVE, ParcelApplication.class, "kraft.web.enabled=true");
		description = server.get("/kraft/api/openapi.json").isStatus(200).json();
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	@Test
	void everyRouteIsDescribedAndEveryDescriptionIsRouted() {
		Set<String> routes = new TreeSet<>(server.bean(ApiRoutes.class)
			.routes()
			.stream()
			.flatMap((route) -> route.methods()
				.stream()
				.map((method) -> method + " " + route.pattern().substring("/kraft/api".length())))
			.toList());
		Set<String> described = new TreeSet<>();
		description.path("paths")
			.properties()
			.forEach((path) -> path.getValue()
				.properties()
				.forEach((method) -> described.add(method.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey())));

		assertThat(described).isEqualTo(routes).hasSizeGreaterThan(25);
	}

	@Test
	void everyVariableOfAPathIsDescribedWithItsPlaceInTheQuery() {
		description.path("paths").properties().forEach((path) -> path.getValue().forEach((operation) -> {
			List<String> parameters = operation.path("parameters")
				.valueStream()
				.map((parameter) -> parameter.path("$ref").asString(""))
				.toList();
			VARIABLE.matcher(path.getKey())
				.results()
				.forEach((variable) -> assertThat(parameters).as(path.getKey())
					.contains("#/components/parameters/" + variable.group(1),
							"#/components/parameters/" + variable.group(1) + "InQuery"));
		}));
	}

	@Test
	void everyOperationListsTheRefusalsThatAllHave() {
		operations().forEach((operation) -> assertThat(operation.path("responses").propertyNames())
			.as(operation.path("operationId").asString())
			.contains("400", "401", "403", "500", "503"));
		assertThat(operations().map((operation) -> operation.path("operationId").asString())).doesNotHaveDuplicates();
	}

	@Test
	void everyReferenceLeadsSomewhere() {
		description.findValuesAsString("$ref")
			.forEach((reference) -> assertThat(description.at(reference.substring(1)).isMissingNode()).as(reference)
				.isFalse());
	}

	@Test
	void schemasHaveTheFieldsThatAreAnswered() {
		Map.ofEntries(Map.entry("Run", WorkflowDescription.class), Map.entry("Detail", WorkflowDetail.class),
				Map.entry("OpenOperation", WorkflowDetail.OpenOperation.class),
				Map.entry("Entry", JournalEntryView.class), Map.entry("Journal", RunController.Journal.class),
				Map.entry("Runs", RunController.Runs.class), Map.entry("Schedule", ScheduleDescription.class),
				Map.entry("Queue", QueueController.Queue.class),
				Map.entry("Workflow", WorkflowController.Definition.class), Map.entry("Start", StartBody.class),
				Map.entry("Failure", CallbackController.Failure.class),
				Map.entry("FieldError", InvalidFieldsException.FieldError.class),
				Map.entry("RunEvent", RunEventFeed.RunEvent.class), Map.entry("Missed", RunEventFeed.Missed.class),
				Map.entry("RunFailure", RunFailure.class), Map.entry("FailureView", FailureView.class),
				Map.entry("FailedOperation", FailedOperation.class), Map.entry("ReplayCheck", ReplayCheckReport.class),
				Map.entry("Message", MessageController.Message.class),
				Map.entry("Messages", MessageController.Messages.class), Map.entry("Backup", BackupDescriptor.class))
			.forEach((schema,
					type) -> assertThat(description.at("/components/schemas/" + schema + "/properties").propertyNames())
						.as(schema)
						.containsExactlyInAnyOrderElementsOf(
								Stream.of(type.getRecordComponents()).map(RecordComponent::getName).toList()));
		assertThat(description.at("/components/schemas/Status/enum").valueStream().map(JsonNode::asString))
			.containsExactlyElementsOf(Stream.of(WorkflowStatus.values()).map(Enum::name).toList());
	}

	@Test
	void theSchemaOfAProblemHasTheFieldsThatAreAnswered() {
		Set<String> fields = new TreeSet<>(server.get("/kraft/api/runs/nobody").json().propertyNames());
		fields.addAll(Set.of("workflowStatus", "errors"));

		assertThat(description.at("/components/schemas/Problem/properties").propertyNames())
			.containsExactlyInAnyOrderElementsOf(fields);
	}

	private static Stream<JsonNode> operations() {
		return description.path("paths").valueStream().flatMap(JsonNode::valueStream);
	}

}

package io.kraft.spring.boot.web;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import io.kraft.client.WorkflowDescription;
import io.kraft.client.WorkflowDetail;
import io.kraft.client.WorkflowDetail.OpenOperation;
import io.kraft.client.WorkflowStatus;
import io.kraft.spring.boot.autoconfigure.operator.Payloads;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The answer that shows a run is bounded, however many branches the run has.
 */
class OpenOperationsTests {

	@Test
	void soManyAreShown() {
		assertThat(shown(1000, null).size()).isEqualTo(1000);
		assertThat(shown(5000, null).size()).isEqualTo(1000);
	}

	@Test
	void soManyAreShownThatTheirErrorsAreNotMoreThanAMillionCharacters() {
		assertThat(shown(5000, "x".repeat(10_000)).size()).isEqualTo(100);
		assertThat(shown(5000, "x".repeat(999_999)).size()).isEqualTo(2);
	}

	private static JsonNode shown(int count, @Nullable String error) {
		List<OpenOperation> open = IntStream.range(0, count)
			.mapToObj((i) -> new OpenOperation(String.valueOf(i), "STEP", "s", Instant.EPOCH, 1, error, null))
			.toList();
		WorkflowDescription run = new WorkflowDescription("r", "order", 1, WorkflowStatus.RUNNING, null, null, Map.of(),
				0, null, Instant.EPOCH, null, null, null, 0, null);
		byte[] answer = new RunController(
				WaitingRun.inspected(new WorkflowDetail(run, Instant.EPOCH, open, null, null, 0, null, null)),
				new ShownPayloads(Payloads.SHOWN))
			.inspect("r")
			.getBody();
		return JsonMapper.shared().readTree(new String(answer, StandardCharsets.UTF_8)).at("/open");
	}

}

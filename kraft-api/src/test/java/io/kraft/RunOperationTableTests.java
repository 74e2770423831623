package io.kraft;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.kraft.client.RunOperation;
import io.kraft.client.RunOperation.Effect;
import io.kraft.client.WorkflowStatus;
import io.kraft.workflow.KraftException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What may be done to a run, as the table has it. That the engine decides by it is in
 * {@code io.kraft.engine.RunOperationTests}.
 */
class RunOperationTableTests {

	@ParameterizedTest
	@CsvSource(textBlock = """
			SIGNAL,          APPLIED, APPLIED, REFUSED, REFUSED
			CANCEL,          APPLIED, APPLIED, NONE,    NONE
			FAIL,            APPLIED, APPLIED, NONE,    NONE
			TERMINATE,       APPLIED, APPLIED, NONE,    NONE
			PAUSE,           APPLIED, APPLIED, NONE,    NONE
			RESUME,          APPLIED, APPLIED, NONE,    NONE
			RETRY,           NONE,    REFUSED, APPLIED, REFUSED
			RESTART,         APPLIED, APPLIED, APPLIED, APPLIED
			DISCARD_MESSAGE, APPLIED, APPLIED, REFUSED, REFUSED
			REPLACE_MESSAGE, APPLIED, APPLIED, REFUSED, REFUSED
			DELETE,          REFUSED, REFUSED, APPLIED, APPLIED""")
	void theTable(RunOperation operation, Effect notEnded, Effect paused, Effect failed, Effect ended) {
		Map<WorkflowStatus, Effect> effects = new EnumMap<>(WorkflowStatus.class);
		for (WorkflowStatus status : WorkflowStatus.values()) {
			effects.put(status, switch (status) {
				case PAUSED -> paused;
				case FAILED, DEAD -> failed;
				case COMPLETED, CANCELLED, TIMED_OUT, TERMINATED -> ended;
				case SCHEDULED, PENDING, RUNNING, SUSPENDED -> notEnded;
			});
		}

		assertThat(
				Stream.of(WorkflowStatus.values()).collect(Collectors.toMap((status) -> status, operation::effectIn)))
			.isEqualTo(effects);
	}

	@ParameterizedTest
	@EnumSource
	void whatIsAllowedIsWhatIsApplied(RunOperation operation) {
		for (WorkflowStatus status : WorkflowStatus.values()) {
			boolean isAllowed = operation.effectIn(status) == Effect.APPLIED;
			assertThat(operation.isAllowedIn(status)).isEqualTo(isAllowed);
			assertThat(operation.statuses().contains(status)).isEqualTo(isAllowed);
			assertThat(RunOperation.allowedIn(status).contains(operation)).isEqualTo(isAllowed);
		}
	}

	@ParameterizedTest
	@EnumSource
	void aRefusalNamesTheRunItsStatusAndWhatIsNeeded(RunOperation operation) {
		for (WorkflowStatus status : WorkflowStatus.values()) {
			KraftException refusal = operation.refusal("order-1", status, null);
			assertThat(refusal).hasMessageContaining("run 'order-1' is " + status + ", and only a run that has ");
			assertThat(refusal.code()).isEqualTo(operation.refusal(status).code());
			assertThat(refusal.runId()).isEqualTo("order-1");
			assertThat(refusal.fields()).containsEntry("status", status.name());
		}
	}

	@Test
	void aRetryOfAPausedRunIsRefusedWithTheReasonOfThePauseAndWhatToDo() {
		assertThatExceptionOfType(KraftException.class)
			.isThrownBy(() -> RunOperation.RETRY.applies("o", WorkflowStatus.PAUSED, "KRAFT-1001: other path"))
			.withMessageContaining("is PAUSED (KRAFT-1001: other path), and only a run that has failed can be retried.")
			.withMessageContaining("resume(\"o\")")
			.withMessageContaining("failRun(\"o\", reason)");
	}

	@Test
	void eachOperationOfTheClientIsInTheTable() {
		assertThat(ApiShapeTests.runOperations()
			.map((method) -> method.getName()
				.replaceAll("Async$|Run$|From$", "")
				.replaceAll("([A-Z])", "_$1")
				.toUpperCase(Locale.ROOT))
			.collect(Collectors.toSet()))
			.isEqualTo(Stream.of(RunOperation.values()).map(Enum::name).collect(Collectors.toSet()));
	}

}

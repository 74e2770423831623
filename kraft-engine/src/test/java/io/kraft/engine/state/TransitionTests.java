package io.kraft.engine.state;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.kraft.client.WorkflowStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * The table of transitions, and the diagram of it in
 * {@code docs/internals/run-lifecycle.md}.
 */
class TransitionTests {

	private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

	private static final Path PAGE = Path.of("../docs/internals/run-lifecycle.md");

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.MATCH_ANY, names = "COMPLETED|CANCELLED|TIMED_OUT|TERMINATED")
	void whatHasEndedOtherwiseThanByAFailureOnlyGoes(WorkflowStatus status) {
		assertThat(Stream.of(Transition.values()).filter((transition) -> transition.from().contains(status)))
			.containsExactly(Transition.REMOVE);
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.MATCH_ANY, names = "FAILED|DEAD")
	void whatHasFailedIsRetriedOrGoes(WorkflowStatus status) {
		assertThat(Stream.of(Transition.values()).filter((transition) -> transition.from().contains(status)))
			.containsExactly(Transition.RETRY, Transition.REMOVE);
	}

	@Test
	void everyRunThatHasNotEndedCanBeTerminatedAndPaused() {
		Set<WorkflowStatus> open = Stream.of(WorkflowStatus.values())
			.filter((status) -> !status.isTerminal())
			.collect(Collectors.toSet());

		assertThat(Transition.TERMINATE.from()).isEqualTo(open);
		assertThat(Transition.PAUSE.from()).isEqualTo(open);
	}

	@Test
	void aTransitionAllowsItsOwnStatesAndNoOthers() {
		assertThat(Transition.CREATE.allows(null, state(WorkflowStatus.RUNNING))).isTrue();
		assertThat(Transition.CREATE.allows(state(WorkflowStatus.FAILED), state(WorkflowStatus.PENDING))).isFalse();
		assertThat(Transition.REMOVE.allows(state(WorkflowStatus.FAILED), null)).isTrue();
		assertThat(Transition.REMOVE.allows(state(WorkflowStatus.RUNNING), null)).isFalse();
		assertThat(Transition.isLegal(state(WorkflowStatus.COMPLETED), state(WorkflowStatus.RUNNING))).isFalse();
		assertThat(Transition.isLegal(state(WorkflowStatus.FAILED), state(WorkflowStatus.PENDING))).isTrue();
	}

	@Test
	void aRunDoesNotEndAsSomethingThatIsNoEnd() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new RunState.Ended(WorkflowStatus.RUNNING, null, NOON, null));
	}

	/** Rewrite the page with what the message shows, when the table has changed. */
	@Test
	void thePageShowsTheTable() throws IOException {
		assertThat(Files.readString(PAGE)).contains(diagram());
	}

	private static RunState state(WorkflowStatus status) {
		return switch (status) {
			case SCHEDULED -> new RunState.Scheduled(NOON);
			case PENDING -> new RunState.Pending();
			case RUNNING -> new RunState.Running();
			case SUSPENDED -> new RunState.Suspended(null, 0, "a timer");
			case PAUSED -> new RunState.Paused("why", true);
			case COMPLETED, FAILED, CANCELLED, TIMED_OUT, TERMINATED, DEAD ->
				new RunState.Ended(status, null, NOON, null);
		};
	}

	/** Statuses that transitions treat alike share a box. */
	private static String diagram() {
		StringBuilder out = new StringBuilder("```mermaid\nstateDiagram-v2\n");
		Map<String, Set<String>> labels = new TreeMap<>(Comparator.naturalOrder());
		for (Transition transition : Transition.values()) {
			for (String from : boxes(transition.from())) {
				for (String to : boxes(transition.to())) {
					labels.computeIfAbsent("    " + from + " --> " + to, (edge) -> new TreeSet<>())
						.add(transition.name());
				}
			}
		}
		labels.forEach((edge, names) -> out.append(edge).append(" : ").append(String.join(", ", names)).append('\n'));
		return out.append("```").toString();
	}

	private static List<String> boxes(Set<WorkflowStatus> statuses) {
		return statuses.isEmpty() ? List.of("[*]") : statuses.stream().map(TransitionTests::box).distinct().toList();
	}

	private static String box(WorkflowStatus status) {
		return switch (status) {
			case FAILED, DEAD -> "FAILED_or_DEAD";
			case COMPLETED, CANCELLED, TIMED_OUT -> "COMPLETED_CANCELLED_or_TIMED_OUT";
			case SCHEDULED, PENDING, RUNNING, SUSPENDED, PAUSED, TERMINATED -> status.name();
		};
	}

}

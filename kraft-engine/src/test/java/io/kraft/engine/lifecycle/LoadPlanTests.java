package io.kraft.engine.lifecycle;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.kraft.client.WorkflowStatus;
import io.kraft.engine.journal.Position;
import io.kraft.engine.lifecycle.LoadPlan.Request;
import io.kraft.engine.lifecycle.LoadRequest.Cause;
import io.kraft.engine.state.RunState;
import io.kraft.engine.store.Timer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static io.kraft.engine.lifecycle.LoadPlan.FORGET;
import static io.kraft.engine.lifecycle.LoadPlan.IGNORE;
import static io.kraft.engine.lifecycle.LoadPlan.LOAD;
import static io.kraft.engine.lifecycle.LoadPlan.MAKE_PENDING;
import static io.kraft.engine.lifecycle.LoadPlan.REMOVE_TIMER;
import static io.kraft.engine.lifecycle.LoadPlan.REQUEUE;
import static io.kraft.engine.lifecycle.LoadPlan.REST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * What happens to a run that is not in memory, as a table: its state, whether it is an
 * item of a queue, what has come, what its inbox asks for.
 */
class LoadPlanTests {

	private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

	private static final Timer WAIT = new Timer(NOON, 1, Position.ROOT.child(3));

	private static final Timer DEADLINE = new Timer(NOON, 1, Position.ROOT);

	private static final RunState SCHEDULED = new RunState.Scheduled(NOON);

	private static final RunState PENDING = new RunState.Pending();

	private static final RunState RUNNING = new RunState.Running();

	private static final RunState SUSPENDED = new RunState.Suspended(null, 0, "a timer");

	private static final RunState PAUSED = new RunState.Paused("unknown step", false);

	private static final RunState PAUSED_BY_USER = new RunState.Paused("on request", true);

	private static final RunState ENDED = new RunState.Ended(WorkflowStatus.COMPLETED, null, NOON, null);

	private static final LoadRequest MESSAGE = LoadRequest.of(1, Cause.EVENT);

	private static final LoadRequest TURN = LoadRequest.of(1, Cause.TURN);

	private static final LoadRequest INTERRUPTED = LoadRequest.of(1, Cause.INTERRUPTED);

	private static final LoadRequest LEFT = LoadRequest.of(1, Cause.LEFT);

	private static final LoadRequest RESTART = LoadRequest.of(1, Cause.RESTART);

	static Stream<Arguments> table() {
		return Stream.of(
				// state, item, what has come, request, plan
				arguments(null, false, MESSAGE, Request.NONE, FORGET),
				arguments(ENDED, false, LoadRequest.by(WAIT), Request.NONE, FORGET),
				arguments(ENDED, true, TURN, Request.CANCEL, FORGET),
				arguments(SCHEDULED, false, LoadRequest.by(DEADLINE), Request.NONE, MAKE_PENDING),
				arguments(SCHEDULED, false, MESSAGE, Request.CANCEL, LOAD),
				arguments(SCHEDULED, false, MESSAGE, Request.PAUSE, IGNORE),
				arguments(SCHEDULED, false, MESSAGE, Request.NONE, IGNORE),
				arguments(PENDING, false, TURN, Request.NONE, LOAD),
				arguments(PENDING, false, MESSAGE, Request.NONE, IGNORE),
				arguments(PENDING, false, MESSAGE, Request.PAUSE, LOAD),
				arguments(PENDING, true, MESSAGE, Request.CANCEL, LOAD),
				arguments(PENDING, false, LoadRequest.by(DEADLINE), Request.NONE, LOAD),
				arguments(PENDING, false, LoadRequest.by(WAIT), Request.NONE, IGNORE),
				arguments(PENDING, true, LoadRequest.by(WAIT), Request.NONE, REMOVE_TIMER),
				arguments(PENDING, false, RESTART, Request.NONE, IGNORE),
				arguments(PENDING, false, LEFT, Request.NONE, REQUEUE),
				arguments(PENDING, true, LEFT, Request.NONE, REQUEUE),
				arguments(PENDING, false, LEFT, Request.CANCEL, LOAD),
				arguments(SUSPENDED, false, LEFT, Request.NONE, LOAD),
				arguments(SUSPENDED, true, LEFT, Request.NONE, MAKE_PENDING),
				arguments(RUNNING, false, LEFT, Request.NONE, LOAD), arguments(PAUSED, false, LEFT, Request.NONE, REST),
				arguments(SCHEDULED, false, LEFT, Request.NONE, IGNORE),
				arguments(RUNNING, false, TURN, Request.NONE, LOAD),
				arguments(RUNNING, false, MESSAGE, Request.NONE, LOAD),
				arguments(RUNNING, false, RESTART, Request.NONE, IGNORE),
				arguments(SUSPENDED, false, LoadRequest.by(WAIT), Request.NONE, LOAD),
				arguments(SUSPENDED, false, MESSAGE, Request.NONE, LOAD),
				arguments(SUSPENDED, true, LoadRequest.by(WAIT), Request.NONE, MAKE_PENDING),
				arguments(SUSPENDED, true, LoadRequest.by(WAIT), Request.CANCEL, LOAD),
				arguments(SUSPENDED, false, TURN, Request.NONE, IGNORE),
				arguments(SUSPENDED, true, TURN, Request.NONE, REST),
				arguments(SUSPENDED, false, RESTART, Request.NONE, IGNORE),
				arguments(PAUSED, false, RESTART, Request.NONE, LOAD),
				arguments(PAUSED, false, MESSAGE, Request.NONE, REST),
				arguments(PAUSED, false, LoadRequest.by(WAIT), Request.NONE, REST),
				arguments(PAUSED_BY_USER, false, RESTART, Request.NONE, IGNORE),
				arguments(PAUSED_BY_USER, false, TURN, Request.NONE, REST),
				arguments(RUNNING, false, INTERRUPTED, Request.NONE, LOAD),
				arguments(RUNNING, true, INTERRUPTED, Request.NONE, LOAD),
				arguments(PENDING, false, INTERRUPTED, Request.NONE, IGNORE),
				arguments(PENDING, true, INTERRUPTED, Request.NONE, IGNORE),
				arguments(PENDING, true, INTERRUPTED, Request.PAUSE, IGNORE),
				arguments(SCHEDULED, true, INTERRUPTED, Request.NONE, IGNORE),
				arguments(SUSPENDED, false, INTERRUPTED, Request.NONE, IGNORE),
				arguments(SUSPENDED, true, INTERRUPTED, Request.NONE, IGNORE),
				arguments(PAUSED, false, INTERRUPTED, Request.NONE, REST),
				arguments(ENDED, true, INTERRUPTED, Request.NONE, FORGET));
	}

	@ParameterizedTest
	@MethodSource("table")
	void followsTheTable(@Nullable RunState state, boolean isItem, LoadRequest loadRequest, Request request,
			LoadPlan plan) {
		assertThat(LoadPlan.of(state, isItem, loadRequest, () -> request)).isEqualTo(plan);
	}

	@ParameterizedTest
	@MethodSource("table")
	void looksIntoTheInboxOnlyWhereItMatters(@Nullable RunState state, boolean isItem, LoadRequest loadRequest,
			Request request, LoadPlan plan) {
		boolean matters = state instanceof RunState.Scheduled || state instanceof RunState.Pending
				|| (isItem && state instanceof RunState.Suspended);
		List<Request> read = new ArrayList<>();

		LoadPlan.of(state, isItem, loadRequest, () -> {
			read.add(request);
			return request;
		});

		assertThat(read.isEmpty() || matters).isTrue();
	}

}

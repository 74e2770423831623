package io.kraft.engine.channel;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.kraft.engine.journal.Payload;
import io.kraft.engine.store.OutboxRow;
import io.kraft.engine.store.Requester;
import io.kraft.engine.store.RunStart;
import io.kraft.engine.store.StorageException;
import io.kraft.engine.timer.ManualScheduler;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class EffectsInFlightTests {

	private static final Map<String, RuntimeException> FAILURES = Map.of("refused",
			new StorageException(StorageException.WRITE_FAILED, "no disk", null), "broken",
			new IllegalStateException("broken"));

	private final EffectsInFlight inFlight = new EffectsInFlight();

	private final Set<String> over = new HashSet<>();

	private final List<String> finished = new ArrayList<>();

	@Test
	void thoseAtTheHeadThatAreDurableAreFinishedWhileOthersAreSubmitted() {
		add("a");
		add("b");
		this.inFlight.finishOver();
		assertThat(this.finished).isEmpty();

		this.over.addAll(List.of("a", "c"));
		add("c");
		this.inFlight.finishOver();
		assertThat(this.finished).as("in their order").containsExactly("a");

		this.over.add("b");
		this.inFlight.finishOver();
		this.inFlight.finishOver();
		assertThat(this.finished).containsExactly("a", "b", "c");
	}

	@Test
	void eachIsFinishedOnceWhateverFails() {
		for (String name : List.of("refused", "broken", "a", "b")) {
			add(name);
		}
		this.over.addAll(List.of("refused", "broken", "a"));

		assertThatIllegalStateException().isThrownBy(this.inFlight::finishOver).withMessage("broken");
		assertThat(this.finished).containsExactly("refused", "broken", "a");
		this.inFlight.finish();
		assertThat(this.finished).containsExactly("refused", "broken", "a", "b");
	}

	@Test
	void whatIsForARunThatIsStartedWaitsForItAlsoWhereSomethingEarlierForItIsFinished() {
		add("run");
		this.inFlight.add(start("run"), effect("start"));
		this.over.add("run");
		this.inFlight.finishOver();
		assertThat(this.finished).containsExactly("run");

		this.inFlight.finishBefore(signal("other"));
		assertThat(this.finished).containsExactly("run");
		this.inFlight.finishBefore(signal("run"));

		assertThat(this.finished).containsExactly("run", "start");
	}

	private void add(String name) {
		this.inFlight.add(signal(name), effect(name));
	}

	private RowEffects.Effect effect(String name) {
		return RowEffects.Effect.of(() -> this.over.contains(name), () -> {
			this.finished.add(name);
			if (FAILURES.containsKey(name)) {
				throw FAILURES.get(name);
			}
		});
	}

	private static OutboxRow signal(String to) {
		return new OutboxRow.Signal("request", to, new Requester("sender", 1, "1"), "go", Payload.NULL,
				ManualScheduler.START);
	}

	private static OutboxRow start(String id) {
		return new OutboxRow.StartChild("request", id, new Requester("parent", 1, "1"), false,
				new RunStart("child", 1, null, Payload.NULL, null, Duration.ZERO, 0, Map.of(), Map.of()),
				ManualScheduler.START);
	}

}

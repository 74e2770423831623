package io.kraft.engine.admission;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

import io.kraft.engine.definition.Definitions;
import io.kraft.engine.definition.MethodSignature;
import io.kraft.engine.definition.QueueCatalog;
import io.kraft.engine.definition.StepCatalog;
import io.kraft.engine.definition.WorkflowCatalog;
import io.kraft.engine.definition.WorkflowDefinition;
import io.kraft.engine.store.Store;
import io.kraft.engine.store.memory.MemoryMedium;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class NodeLimitsTests {

	private Instant now = Instant.parse("2026-03-01T12:00:00Z");

	private Runnable atNextLookAtTheClock = () -> {
	};

	private final InstantSource clock = () -> {
		Runnable action = this.atNextLookAtTheClock;
		this.atNextLookAtTheClock = () -> {
		};
		action.run();
		return this.now;
	};

	private final List<Store> stores = new ArrayList<>();

	private final List<Integer> woken = new ArrayList<>();

	private final NodeLimits limits = new NodeLimits(definitions(), this.clock);

	private final Admission one = join(1);

	private final Admission two = join(2);

	private final Admission three = join(3);

	@AfterEach
	void close() {
		this.stores.forEach(Store::close);
	}

	@Test
	void aPlaceThatIsFreeJustAfterAPartitionWasRefusedWakesItAlsoWhereItOffersItItself() {
		this.one.begin("order", 7);
		// At the second look it has been refused, and has not offered anything yet.
		this.atNextLookAtTheClock = () -> this.atNextLookAtTheClock = () -> limit().end(new NodeRun(1, 7));

		assertThat(this.two.admitsOrAwait("order")).isFalse();
		this.limits.offer(limit(), 1);

		assertThat(this.woken).containsExactly(2);
		assertThat(this.two.tryBegin("order", 1)).isTrue();
	}

	@Test
	void aPlaceThatIsOfferedToItsOwnPartitionWakesItWhoeverGaveItUp() {
		this.one.begin("order", 7);
		assertThat(this.one.admitsOrAwait("order")).isFalse();

		this.one.end("order", 7);

		assertThat(this.woken).containsExactly(1);
	}

	@Test
	void aPlaceThatIsReservedTakesNoTurnFromARunThatWaits() {
		this.one.begin("order", 7);
		assertThat(this.two.admitsOrAwait("order")).isFalse();
		limit().end(new NodeRun(1, 7));
		assertThat(this.two.tryReserve("order")).as("for a run that was about to be created").isTrue();

		this.limits.offer(limit(), 1);
		assertThat(this.woken).isEmpty();
		this.two.giveBack("order");

		assertThat(this.woken).containsExactly(2);
	}

	@Test
	void thoseBehindAPartitionThatDoesNotTakeItsTurnLookAfterASecond() {
		this.one.begin("order", 7);
		assertThat(this.two.admitsOrAwait("order")).isFalse();
		assertThat(this.three.admitsOrAwait("order")).isFalse();
		assertThat(this.three.opensAt("order")).isNull();

		this.one.end("order", 7);
		assertThat(this.woken).as("one is offered it, one is to know").containsExactly(2, 3);
		assertThat(this.three.admitsOrAwait("order")).isFalse();
		assertThat(this.three.opensAt("order")).isEqualTo(this.now.plusSeconds(1));
		this.limits.offer(limit(), 1);
		assertThat(this.woken).as("each once").containsExactly(2, 3);
		this.now = this.now.plus(Duration.ofSeconds(1));

		assertThat(this.three.tryBegin("order", 1)).isTrue();
	}

	@Test
	void aPlaceOfAPartitionThatLeavesGoesToTheOnlyOneThatIsLeft() {
		this.limits.leave(3);
		this.one.begin("order", 7);
		assertThat(this.two.admitsOrAwait("order")).isFalse();

		this.limits.leave(1);

		assertThat(this.woken).containsExactly(2);
	}

	private ConcurrencyLimit limit() {
		ConcurrencyLimit limit = this.limits.find("order");
		assertThat(limit).isNotNull();
		return limit;
	}

	private Admission join(int partition) {
		Store store = new MemoryMedium().open();
		this.stores.add(store);
		Admission admission = this.limits.join(partition, store, () -> true);
		admission.whenOpened(() -> this.woken.add(partition));
		return admission;
	}

	private static Definitions definitions() {
		StepCatalog steps = new StepCatalog(List.of());
		WorkflowDefinition order = WorkflowDefinition
			.of("order", MethodSignature.of(String.class), (arguments) -> "done")
			.withMaxConcurrent(1);
		return new Definitions(new WorkflowCatalog(List.of(order)), steps, new QueueCatalog(List.of(), steps));
	}

}

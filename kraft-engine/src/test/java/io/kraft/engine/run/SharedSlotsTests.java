package io.kraft.engine.run;

import java.util.ArrayList;
import java.util.List;

import io.kraft.engine.memory.ByteBudget;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SharedSlotsTests {

	private final SharedSlots shared = new SharedSlots(1, 1, new ByteBudget(100));

	private final List<String> offered = new ArrayList<>();

	private final ExecutionSlots first = slots("first", true);

	private final ExecutionSlots second = slots("second", true);

	private final ExecutionSlots third = slots("third", true);

	private ExecutionSlots slots(String name, boolean needsOne) {
		return new ExecutionSlots(this.shared, () -> {
			this.offered.add(name);
			return needsOne;
		});
	}

	@Test
	void aFreeSlotIsOfferedToThePartitionThatHasWaitedLongest() {
		assertThat(this.first.tryAcquire()).isTrue();
		assertThat(this.second.acquireOrAwait()).isFalse();
		assertThat(this.third.acquireOrAwait()).isFalse();

		this.first.release();

		assertThat(this.offered).containsExactly("second", "first");
		assertThat(this.second.acquireOrAwait()).isTrue();
		this.second.release();
		assertThat(this.offered).containsExactly("second", "first", "third", "second");
	}

	@Test
	void aSlotIsOfferedOnWhereItIsNotNeeded() {
		ExecutionSlots idle = slots("idle", false);
		this.first.tryAcquire();
		idle.acquireOrAwait();
		this.second.acquireOrAwait();

		this.first.release();

		assertThat(this.offered).containsExactly("idle", "second", "first");
	}

	@Test
	void aSlotForWhichThereWasNoRunIsOfferedToOthersOnly() {
		this.first.tryAcquire();
		this.second.acquireOrAwait();

		this.first.giveBack();

		assertThat(this.offered).containsExactly("second");
	}

	@Test
	void aRunThatBeginsToWaitFreesItsSlotForOthers() {
		this.first.tryAcquire();
		this.second.acquireOrAwait();

		assertThat(this.first.tryPark(1)).isTrue();

		assertThat(this.offered).containsExactly("second", "first");
	}

	@Test
	void aPartitionThatIsGonePassesOnWhatItWasOffered() {
		this.first.tryAcquire();
		this.second.acquireOrAwait();
		this.third.acquireOrAwait();
		this.first.release();

		this.second.close();

		assertThat(this.offered).endsWith("third");
		assertThat(this.second.acquireOrAwait()).isTrue();
		assertThat(this.second.acquireOrAwait()).isFalse();
		this.second.release();
		assertThat(this.offered).endsWith("second");
	}

}

package io.kraft.engine;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.kraft.engine.reliability.Proves;
import io.kraft.engine.store.Change;
import io.kraft.engine.store.RunRow;
import io.kraft.engine.store.StorageException;
import io.kraft.engine.store.Store;
import io.kraft.engine.store.memory.MemoryMedium;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@Proves(fault = "The store contradicts itself", promise = "The engine does not take it, if it is to verify it")
class VerifyOnStartTests {

	private final MemoryMedium medium = new MemoryMedium();

	@Test
	void aStoreThatContradictsItselfIsNotTaken() {
		plantARunWithoutAJournal();

		try (KraftEngine engine = engine(true)) {
			assertThatExceptionOfType(StorageException.class).isThrownBy(engine::start)
				.withMessageStartingWith("KRAFT-4020: ")
				.withMessageContainingAll("JOURNAL_MISSING run 1 'order'", "--kraft.doctor");
			assertThat(engine.health().state()).isNotEqualTo(EngineHealth.State.RUNNING);
		}
		try (Store store = this.medium.open()) {
			assertThat(store.epoch()).as("the owner is the one before").isEqualTo(1);
		}
	}

	@Test
	void aSoundStoreIsTaken() {
		for (int start = 1; start <= 2; start++) {
			try (KraftEngine engine = engine(true)) {
				engine.start();
				assertThat(engine.health().state()).isEqualTo(EngineHealth.State.RUNNING);
			}
		}
	}

	@Test
	void nothingIsVerifiedByDefault() {
		plantARunWithoutAJournal();

		try (KraftEngine engine = engine(false)) {
			engine.start();
			assertThat(engine.health().state()).isEqualTo(EngineHealth.State.RUNNING);
		}
	}

	private void plantARunWithoutAJournal() {
		try (Store store = this.medium.open()) {
			store.claim(1);
			store.commit(1, List.of(new Change.RunChanged(null,
					RunRow.pending(1, "order", "order", 1, Map.of(), Instant.EPOCH).paused("why"))));
		}
	}

	private KraftEngine engine(boolean verifies) {
		return KraftEngine.builder().store(this.medium::open).verifyOnStart(verifies).build();
	}

}

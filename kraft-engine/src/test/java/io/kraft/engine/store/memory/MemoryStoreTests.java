package io.kraft.engine.store.memory;

import java.util.List;

import io.kraft.engine.store.StorageException;
import io.kraft.engine.store.Store;
import io.kraft.engine.store.StoreContract;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class MemoryStoreTests extends StoreContract {

	private final MemoryMedium medium = new MemoryMedium();

	@Override
	protected Store open(boolean sync) {
		return this.medium.open(sync);
	}

	@Override
	protected void crash(Store store) {
		this.medium.crash();
	}

	@Override
	protected long size() {
		return this.medium.size();
	}

	@Test
	void losesInACrashAllThatWasCommittedWithoutSyncSinceTheLastClaim() {
		store().close();
		Store unsynced = this.medium.open(false);
		unsynced.commit(1, List.of(entry(1, 0)));
		unsynced.claim(2);
		unsynced.commit(2, List.of(entry(1, 1)));

		this.medium.crash();

		assertThatExceptionOfType(StorageException.class).isThrownBy(() -> unsynced.commit(2, List.of(entry(1, 2))));
		try (Store reopened = this.medium.open()) {
			assertThat(reopened.lastEntry(1)).asString().isEqualTo("1/0");
		}
	}

	@Test
	void writesNothingMoreOnceAWriteHasFailed() {
		this.medium.failWrites();

		assertThatExceptionOfType(StorageException.class).isThrownBy(() -> store().commit(1, List.of(entry(1, 0))))
			.withMessageStartingWith("KRAFT-4001: ");
		assertThatExceptionOfType(StorageException.class).isThrownBy(() -> store().commit(1, List.of(entry(1, 0))))
			.withMessageContaining("no writes are accepted after a failed write");
		assertThat(journal(1, 0)).isEmpty();

		reopen();
		store().commit(1, List.of(entry(1, 0)));

		assertThat(journal(1, 0)).containsExactly("1/0");
	}

	@Test
	void refusesToWriteWithinARead() {
		store().commit(1, List.of(entry(1, 0)));

		assertThatIllegalStateException()
			.isThrownBy(() -> store().journal(1, 0, (entry) -> store().commit(1, List.of(entry(1, 1)))));
	}

}

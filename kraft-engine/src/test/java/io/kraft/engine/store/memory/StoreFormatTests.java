package io.kraft.engine.store.memory;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

import io.kraft.engine.store.AnsweredRequest;
import io.kraft.engine.store.Change;
import io.kraft.engine.store.ChannelOrderException;
import io.kraft.engine.store.ChannelContract;
import io.kraft.engine.store.Store;
import io.kraft.engine.store.kv.Keyspace;
import io.kraft.engine.store.kv.KvStore;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * An earlier version, which would lose what other partitions need, opens no store that
 * has some of it; a store that has none stays as it is.
 */
class StoreFormatTests {

	private final MemoryContents contents = new MemoryContents();

	@Test
	void staysWithoutChannels() {
		commit(List.of(new Change.QueuePaused("mail", true), new Change.OutboxRemoved(1, 0),
				new Change.RequestForgotten(request())));

		assertThat(format()).isEqualTo(2);
	}

	@ParameterizedTest
	@MethodSource("changes")
	void isRaisedByTheCommitThatNeedsIt(Change change) {
		commit(List.of(change));

		assertThat(format()).isEqualTo(3);
		try (Store store = KvStore.open(new MemoryKeys(this.contents), true)) {
			assertThat(store.check(10).findings()).isEmpty();
		}
	}

	@Test
	void staysWhereThatCommitIsRefused() {
		assertThatExceptionOfType(ChannelOrderException.class)
			.isThrownBy(() -> commit(List.of(new Change.ChannelTaken(1, 2))));

		assertThat(format()).isEqualTo(2);
	}

	static List<Change> changes() {
		return List.of(new Change.OutboxAdded(1, ChannelContract.signal("r", "a")), new Change.ChannelTaken(1, 1),
				new Change.RequestAnswered(request()));
	}

	private static AnsweredRequest request() {
		return new AnsweredRequest("r", "", Instant.EPOCH);
	}

	private void commit(List<Change> changes) {
		try (Store store = KvStore.open(new MemoryKeys(this.contents), true)) {
			store.claim(store.epoch() + 1);
			store.commit(store.epoch(), changes);
		}
	}

	private int format() {
		try (MemoryKeys keys = new MemoryKeys(this.contents)) {
			byte[] format = keys.get(Keyspace.META, "format".getBytes(StandardCharsets.US_ASCII));
			assertThat(format).hasSize(8);
			return format[7];
		}
	}

}

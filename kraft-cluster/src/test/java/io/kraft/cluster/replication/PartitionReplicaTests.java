package io.kraft.cluster.replication;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

import io.kraft.engine.store.StorageException;
import io.kraft.engine.store.kv.Keyspace;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class PartitionReplicaTests {

	private static final Fence FIRST = new Fence(1, 1);

	private final SimulatedReplica medium = new SimulatedReplica();

	private PartitionReplica replica = new PartitionReplica(this.medium, LeadershipListener.NONE);

	@Test
	void writesWhatIsOfThePresentOwnership() {
		assertThat(apply(0, new LogEntry.Opening(FIRST))).isEqualTo(EntryResult.APPLIED);

		assertThat(apply(1, put(FIRST, "a"))).isEqualTo(EntryResult.APPLIED);

		assertThat(value()).isEqualTo("a");
		assertThat(this.replica.applied()).isEqualTo(new LogPosition(1, 1));
		assertThat(this.replica.fence()).isEqualTo(FIRST);
	}

	@Test
	void writesNothingOfAnotherOwnershipButIsOneEntryFurther() {
		apply(0, new LogEntry.Opening(new Fence(2, 3)));
		apply(1, put(new Fence(2, 3), "a"));

		for (Fence other : List.of(new Fence(1, 9), new Fence(2, 2), new Fence(2, 4), new Fence(3, 1))) {
			assertThat(apply(this.replica.applied().index() + 1, put(other, "b"))).isEqualTo(EntryResult.STALE);
		}

		assertThat(value()).isEqualTo("a");
		assertThat(this.replica.applied().index()).isEqualTo(5);
	}

	@Test
	void anOwnershipBeginsOnlyIfItsFenceIsGreaterByTermThenByOpening() {
		apply(0, new LogEntry.Opening(new Fence(2, 3)));

		assertThat(apply(1, new LogEntry.Opening(new Fence(2, 3)))).isEqualTo(EntryResult.STALE);
		assertThat(apply(2, new LogEntry.Opening(new Fence(1, 9)))).isEqualTo(EntryResult.STALE);
		assertThat(apply(3, new LogEntry.Opening(new Fence(2, 2)))).isEqualTo(EntryResult.STALE);
		assertThat(this.replica.fence()).isEqualTo(new Fence(2, 3));
		assertThat(apply(4, new LogEntry.Opening(new Fence(2, 4)))).isEqualTo(EntryResult.APPLIED);
		assertThat(apply(5, new LogEntry.Opening(new Fence(3, 1)))).isEqualTo(EntryResult.APPLIED);
		assertThat(this.replica.fence()).isEqualTo(new Fence(3, 1));
	}

	@Test
	void skipsWhatItHas() {
		apply(0, new LogEntry.Opening(FIRST));
		apply(1, put(FIRST, "a"));
		apply(2, put(FIRST, "b"));

		assertThat(apply(1, put(FIRST, "a"))).isEqualTo(EntryResult.SKIPPED);
		this.replica.pass(new LogPosition(1, 0));

		assertThat(value()).isEqualTo("b");
		assertThat(this.replica.applied().index()).isEqualTo(2);
	}

	@Test
	void refusesAnEntryBehindAMissingOne() {
		apply(0, new LogEntry.Opening(FIRST));

		assertThatIllegalStateException().isThrownBy(() -> apply(2, put(FIRST, "a")))
			.withMessageContaining("entries between them are missing");
		assertThatIllegalStateException().isThrownBy(() -> this.replica.pass(new LogPosition(1, 2)));
		assertThat(value()).isNull();
	}

	@Test
	void entriesOfTheLogsOwnCount() {
		this.replica.pass(new LogPosition(1, 0));
		apply(1, new LogEntry.Opening(FIRST));
		this.replica.pass(new LogPosition(2, 2));

		assertThat(ReplicaMarks.applied(this.medium)).isEqualTo(new LogPosition(2, 2));
	}

	@Test
	void throwsOnBytesThatAreNoEntryAndKeepsItsPlace() {
		assertThatExceptionOfType(StorageException.class)
			.isThrownBy(() -> this.replica.apply(new LogPosition(1, 0), ByteBuffer.wrap(new byte[] { 9, 9 })));
		assertThat(this.replica.applied()).isEqualTo(LogPosition.START);
	}

	@Test
	void knowsAfterACrashHowFarItsMediumIs() {
		apply(0, new LogEntry.Opening(FIRST));
		apply(1, put(FIRST, "a"));
		this.medium.flush();
		apply(2, put(FIRST, "b"));
		apply(3, new LogEntry.Opening(new Fence(1, 2)));

		this.medium.crash();
		this.replica = new PartitionReplica(this.medium, LeadershipListener.NONE);

		assertThat(this.replica.applied()).isEqualTo(new LogPosition(1, 1));
		assertThat(this.replica.fence()).isEqualTo(FIRST);
		assertThat(apply(2, put(FIRST, "b"))).isEqualTo(EntryResult.APPLIED);
		assertThat(value()).isEqualTo("b");
	}

	private EntryResult apply(long index, LogEntry entry) {
		return this.replica.apply(new LogPosition(1, index), ByteBuffer.wrap(EntryCodec.encode(entry)));
	}

	private static LogEntry put(Fence fence, String value) {
		return new LogEntry.Batch(fence,
				List.of(new KeyWrite.Put(Keyspace.RUNS, new byte[] { 1 }, value.getBytes(StandardCharsets.UTF_8))));
	}

	private String value() {
		byte[] value = this.medium.get(Keyspace.RUNS, new byte[] { 1 });
		return (value != null) ? new String(value, StandardCharsets.UTF_8) : null;
	}

}

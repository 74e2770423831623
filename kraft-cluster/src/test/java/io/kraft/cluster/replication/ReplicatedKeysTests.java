package io.kraft.cluster.replication;

import java.util.Random;

import io.kraft.cluster.replication.SimulatedLog.Fate;
import io.kraft.engine.store.OversizedCommitException;
import io.kraft.engine.store.StaleEpochException;
import io.kraft.engine.store.kv.KeyBatch;
import io.kraft.engine.store.kv.KeyCursor;
import io.kraft.engine.store.kv.Keyspace;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ReplicatedKeysTests {

	private static final byte[] KEY = { 1 };

	private Fate fate = Fate.COMMITTED;

	private final SimulatedLog log = new SimulatedLog(2, new Random(1), (random) -> this.fate,
			(medium) -> new PartitionReplica(medium, LeadershipListener.NONE), (number) -> new SimulatedReplica());

	private final SimulatedLog.Node node = this.log.nodes().getFirst();

	private final ReplicatedKeys keys = new ReplicatedKeys(3, this.node, this.node.medium(), new Fence(1, 1), 1000);

	@BeforeEach
	void open() {
		this.log.elect(this.node);
		begin(new Fence(1, 1));
	}

	private void begin(Fence fence) {
		this.node.propose(EntryCodec.encode(new LogEntry.Opening(fence))).toCompletableFuture().join();
	}

	@Test
	void aBatchIsAtAllReplicasWhenTheyHaveAppliedIt() {
		write(this.keys, 7);

		assertThat(this.keys.get(Keyspace.RUNS, KEY)).containsExactly(7);
		this.log.nodes().getLast().applyAll();
		assertThat(this.log.nodes().getLast().medium().get(Keyspace.RUNS, KEY)).containsExactly(7);
	}

	@Test
	void aWriteOfAFormerOwnershipIsRefused() {
		begin(new Fence(1, 2));

		assertThatExceptionOfType(StaleEpochException.class).isThrownBy(() -> write(this.keys, 7))
			.withMessageContaining("KRAFT-4006")
			.withMessageContaining("partition 3")
			.withMessageContaining("a later ownership had begun");
		assertThat(this.keys.get(Keyspace.RUNS, KEY)).isNull();
	}

	@Test
	void aWriteOfWhichNobodyKnowsWhatBecameOfItIsRefusedAndMayBeAppliedLater() {
		this.fate = Fate.UNDECIDED;

		assertThatExceptionOfType(StaleEpochException.class).isThrownBy(() -> write(this.keys, 7))
			.withMessageContaining("is unknown (no majority has answered)")
			.withCauseInstanceOf(ProposalFailedException.class);
		assertThat(this.keys.get(Keyspace.RUNS, KEY)).isNull();

		this.fate = Fate.COMMITTED;
		begin(new Fence(1, 2));

		assertThat(this.keys.get(Keyspace.RUNS, KEY)).containsExactly(7);
	}

	@Test
	void aWriteWhereAnotherNodeLeadsIsRefused() {
		this.log.elect(this.log.nodes().getLast());

		assertThatExceptionOfType(StaleEpochException.class).isThrownBy(() -> write(this.keys, 7))
			.withMessageContaining("does not lead");
	}

	@Test
	void aBatchThatIsTooLargeIsRefusedBeforeItIsProposedAndTheNextOneIsWritten() {
		assertThatExceptionOfType(OversizedCommitException.class).isThrownBy(() -> {
			try (KeyBatch batch = this.keys.batch()) {
				batch.put(Keyspace.RUNS, KEY, new byte[1000]);
				batch.write(true);
			}
		}).withMessageContaining("KRAFT-1005").withMessageContaining("at most 1000");
		assertThat(this.node.lag()).isZero();

		write(this.keys, 7);

		assertThat(this.keys.get(Keyspace.RUNS, KEY)).containsExactly(7);
	}

	@Test
	void theMarksOfTheReplicaAreNoPartOfTheStore() {
		try (KeyCursor all = this.keys.scan(Keyspace.META, new byte[0], null)) {
			assertThat(all.first()).isFalse();
			assertThat(all.last()).isFalse();
		}
		try (KeyBatch batch = this.keys.batch()) {
			batch.put(Keyspace.META, new byte[] { 0x7E, 1 }, KEY);
			batch.write(true);
		}
		try (var snapshot = this.keys.snapshot();
				KeyCursor all = snapshot.scan(Keyspace.META, new byte[0], new byte[] { (byte) 0xFF })) {
			assertThat(all.last()).isTrue();
			assertThat(all.key()).containsExactly(0x7E, 1);
		}
	}

	private static void write(ReplicatedKeys keys, int value) {
		try (KeyBatch batch = keys.batch()) {
			batch.put(Keyspace.RUNS, KEY, new byte[] { (byte) value });
			batch.write(true);
		}
	}

}

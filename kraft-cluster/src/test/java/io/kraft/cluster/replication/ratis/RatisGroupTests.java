package io.kraft.cluster.replication.ratis;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

import io.kraft.cluster.replication.EntryCodec;
import io.kraft.cluster.replication.EntryResult;
import io.kraft.cluster.replication.Fence;
import io.kraft.cluster.replication.GroupMachine;
import io.kraft.cluster.replication.LeadershipListener;
import io.kraft.cluster.replication.LogEntry;
import io.kraft.cluster.replication.LogPosition;
import io.kraft.cluster.replication.ProposalFailedException;
import io.kraft.cluster.replication.ReplicatedKeys;
import io.kraft.cluster.replication.ReplicatedLog;
import io.kraft.engine.store.OversizedCommitException;
import io.kraft.engine.store.StaleEpochException;
import io.kraft.engine.store.kv.KeyBatch;
import io.kraft.engine.store.kv.KeyReader;
import io.kraft.engine.store.kv.Keyspace;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Three servers of Ratis in this process, on the loopback interface.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class RatisGroupTests {

	@TempDir
	private static Path temp;

	/** Of all tests, each of which has a group of its own: servers close slowly. */
	private static RatisCluster cluster;

	/** The node whose replicas fail; 0 if none does. */
	private static volatile int failing;

	private static long groups;

	private final UUID group = new UUID(0x4f0a9d2e00004000L, ++groups);

	@BeforeAll
	static void startNodes() {
		cluster = new RatisCluster(temp, (node, group) -> LeadershipListener.NONE);
		cluster.wrapper = (node, replica) -> new FailingMachine(replica, () -> failing == node);
		cluster.start(3);
	}

	@AfterAll
	static void stopNodes() {
		cluster.close();
	}

	@BeforeEach
	void form() {
		failing = 0;
		cluster.start(3);
		cluster.form(this.group, 1, 2, 3);
	}

	@AfterEach
	void leave() {
		failing = 0;
		cluster.start(3);
		// Each waits for the log's thread for a second or more.
		IntStream.rangeClosed(1, 3)
			.filter((node) -> cluster.hosts(node, this.group))
			.parallel()
			.forEach((node) -> cluster.node(node).leave(this.group, true).toCompletableFuture().join());
	}

	@Test
	void whatTheOwnerHasWrittenIsThereWhenAnotherNodeLeads() {
		int first = cluster.awaitLeader(this.group);
		ReplicatedKeys keys = cluster.open(first, this.group);
		write(keys, 0, 20);
		assertThat(cluster.log(first, this.group).confirm(term(first)).toCompletableFuture().join()).isTrue();

		cluster.stop(first);

		int second = cluster.awaitLeader(this.group);
		assertThat(second).isNotEqualTo(first);
		ReplicatedKeys next = cluster.open(second, this.group);
		assertHolds(next, 20);
		write(next, 20, 25);
		assertThatExceptionOfType(StaleEpochException.class).isThrownBy(() -> write(keys, 25, 26));

		cluster.startNode(first);

		write(next, 25, 30);
		awaitAll(30, 1, 2, 3);
	}

	@Test
	void entriesOfAFormerOwnershipAreStaleEverywhere() {
		int leader = cluster.awaitLeader(this.group);
		ReplicatedKeys former = cluster.open(leader, this.group);
		write(former, 0, 3);
		ReplicatedKeys present = cluster.open(leader, this.group);

		assertThatExceptionOfType(StaleEpochException.class).isThrownBy(() -> write(former, 3, 4))
			.withMessageContaining("a later ownership had begun");

		write(present, 4, 5);
		awaitApplied();
		for (int node = 1; node <= 3; node++) {
			assertThat(get(cluster.replica(node, this.group).local(), 3)).as("node %d", node).isNull();
			assertThat(get(cluster.replica(node, this.group).local(), 4)).as("node %d", node).isNotNull();
		}
		assertThat(propose(leader, new LogEntry.Opening(new Fence(term(leader), 1)))).isEqualTo(EntryResult.STALE);
	}

	@Test
	void leadershipIsHandedOver() {
		int first = cluster.awaitLeader(this.group);
		int second = first % 3 + 1;
		ReplicatedKeys keys = cluster.open(first, this.group);
		write(keys, 0, 5);
		long term = term(first);

		cluster.log(first, this.group).transferTo(cluster.peer(second)).toCompletableFuture().join();

		await().atMost(10, TimeUnit.SECONDS).until(() -> cluster.awaitLeader(this.group) == second);
		assertThat(cluster.log(first, this.group).confirm(term).toCompletableFuture().join()).isFalse();
		assertThat(cluster.log(first, this.group).confirm(term(second)).toCompletableFuture().join())
			.as("a follower does not confirm, although it answers reads")
			.isFalse();
		assertThatExceptionOfType(StaleEpochException.class).isThrownBy(() -> write(keys, 5, 6))
			.withMessageContaining("is unknown");
		ReplicatedKeys next = cluster.open(second, this.group);
		assertHolds(next, 5);
	}

	@Test
	void allNodesContinueAfterARestart() {
		int leader = cluster.awaitLeader(this.group);
		ReplicatedKeys keys = cluster.open(leader, this.group);
		write(keys, 0, 10);
		cluster.log(leader, this.group).snapshot().toCompletableFuture().join();
		write(keys, 10, 20);

		IntStream.rangeClosed(1, 3).parallel().forEach(cluster::stop);
		cluster.start(3);

		ReplicatedKeys next = cluster.open(cluster.awaitLeader(this.group), this.group);
		assertHolds(next, 20);
		write(next, 20, 22);
		awaitAll(22, 1, 2, 3);
	}

	@Test
	void aNewMemberGetsACopyOfWhatIsNoLongerInTheLog() {
		int leader = cluster.awaitLeader(this.group);
		ReplicatedKeys keys = cluster.open(leader, this.group);
		// More than one file of the log, as only whole ones are removed.
		for (int i = 0; i < 25; i++) {
			put(keys, 1000 + i, new byte[400_000]);
		}
		write(keys, 0, 10);
		for (int node = 1; node <= 3; node++) {
			int asked = node;
			await().atMost(10, TimeUnit.SECONDS).until(() -> applied(asked) >= applied(leader) - 1);
			cluster.log(node, this.group).snapshot().toCompletableFuture().join();
		}
		int replaced = leader % 3 + 1;
		int kept = 6 - leader - replaced;
		cluster.startNode(4);

		cluster.node(4).join(this.group, cluster.peers()).toCompletableFuture().join();
		cluster.log(leader, this.group)
			.changePeers(cluster.peers(1, 2, 3), cluster.peers(leader, kept, 4))
			.toCompletableFuture()
			.join();
		cluster.node(replaced).leave(this.group, true).toCompletableFuture().join();

		write(keys, 10, 15);
		awaitAll(15, leader, kept, 4);
		assertThat(cluster.replica(4, this.group).newestCheckpoint()).as("came as a snapshot").isPresent();
		assertThat(get(cluster.replica(4, this.group).local(), 1003)).hasSize(400_000);
		assertThat(temp.resolve("n" + replaced).resolve(this.group.toString())).doesNotExist();

		// It is a member like any other: restarted, and electable.
		cluster.stop(4);
		cluster.startNode(4);
		write(keys, 15, 17);
		awaitAll(17, 4);
		cluster.stop(4);
	}

	@Test
	void aReplicaThatFailsIsClosedAndOpenedAgain() {
		int leader = cluster.awaitLeader(this.group);
		ReplicatedKeys keys = cluster.open(leader, this.group);
		write(keys, 0, 5);
		int follower = leader % 3 + 1;
		await().atMost(10, TimeUnit.SECONDS).until(() -> applied(follower) > 3);
		failing = follower;

		write(keys, 5, 10);

		await().atMost(10, TimeUnit.SECONDS).until(() -> cluster.failure(follower) != null);
		assertThat(cluster.failure(follower)).hasMessage("planted");
		write(keys, 10, 12);
		failing = 0;
		cluster.node(follower).reopen(this.group).toCompletableFuture().join();
		write(keys, 12, 15);
		awaitAll(15, 1, 2, 3);
	}

	@Test
	void aLeaderWhoseReplicaFailsGivesNoAnswerAndAnotherNodeContinues() {
		int leader = cluster.awaitLeader(this.group);
		ReplicatedKeys keys = cluster.open(leader, this.group);
		write(keys, 0, 5);
		failing = leader;

		assertThatExceptionOfType(StaleEpochException.class).isThrownBy(() -> write(keys, 5, 6))
			.withMessageContaining("is unknown");

		await().atMost(15, TimeUnit.SECONDS).until(() -> cluster.awaitLeader(this.group) != leader);
		ReplicatedKeys next = cluster.open(cluster.awaitLeader(this.group), this.group);
		// It was committed, although nobody could say so.
		assertHolds(next, 6);
		failing = 0;
		cluster.node(leader).reopen(this.group).toCompletableFuture().join();
		write(next, 6, 8);
		awaitAll(8, 1, 2, 3);
	}

	@Test
	void withoutAMajorityNothingIsAcknowledged() {
		int leader = cluster.awaitLeader(this.group);
		ReplicatedKeys keys = cluster.open(leader, this.group);
		write(keys, 0, 3);
		long term = term(leader);
		cluster.stop(leader % 3 + 1);
		cluster.stop((leader + 1) % 3 + 1);

		assertThatExceptionOfType(StaleEpochException.class).isThrownBy(() -> write(keys, 3, 4))
			.withMessageContaining("is unknown");
		assertThat(cluster.log(leader, this.group).confirm(term).toCompletableFuture().join()).isFalse();
	}

	@Test
	void theLargestEntryIsReplicatedAndALargerOneIsRefusedBeforeItIsProposed() {
		int leader = cluster.awaitLeader(this.group);
		ReplicatedKeys keys = cluster.open(leader, this.group);

		put(keys, 0, new byte[RatisCluster.MAX_ENTRY_BYTES - 100]);
		assertThatExceptionOfType(OversizedCommitException.class)
			.isThrownBy(() -> put(keys, 1, new byte[RatisCluster.MAX_ENTRY_BYTES]));
		write(keys, 1, 2);

		awaitAll(2, 1, 2, 3);
	}

	@Test
	void aGroupThatIsNotHereTakesNoProposals() {
		ReplicatedLog missing = cluster.log(1, new UUID(1, 1));

		assertThatExceptionOfType(CompletionException.class)
			.isThrownBy(() -> missing.propose(new byte[0]).toCompletableFuture().join())
			.withCauseInstanceOf(ProposalFailedException.class);
		assertThat(missing.leadership().isLeader()).isFalse();
		assertThat(missing.confirm(1).toCompletableFuture().join()).isFalse();
	}

	private long term(int node) {
		return cluster.log(node, this.group).leadership().term();
	}

	private long applied(int node) {
		return cluster.replica(node, this.group).applied().index();
	}

	private EntryResult propose(int node, LogEntry entry) {
		return cluster.log(node, this.group).propose(EntryCodec.encode(entry)).toCompletableFuture().join();
	}

	/** A follower applies the last entry with the next append. */
	private void awaitApplied() {
		await().atMost(10, TimeUnit.SECONDS)
			.pollInterval(Duration.ofMillis(10))
			.until(() -> applied(1) == applied(2) && applied(2) == applied(3));
	}

	private void awaitAll(int entries, int... nodes) {
		for (int node : nodes) {
			await().atMost(15, TimeUnit.SECONDS)
				.pollInterval(Duration.ofMillis(10))
				.untilAsserted(() -> assertHolds(cluster.replica(node, this.group).local(), entries));
		}
	}

	private static void write(ReplicatedKeys keys, int from, int to) {
		for (int i = from; i < to; i++) {
			put(keys, i, new byte[] { (byte) i });
		}
	}

	private static void put(ReplicatedKeys keys, int key, byte[] value) {
		try (KeyBatch batch = keys.batch()) {
			batch.put(Keyspace.RUNS, key(key), value);
			batch.write(true);
		}
	}

	private static byte[] get(KeyReader keys, int key) {
		return keys.get(Keyspace.RUNS, key(key));
	}

	private static void assertHolds(KeyReader keys, int entries) {
		for (int i = 0; i < entries; i++) {
			assertThat(get(keys, i)).as("entry %d", i).isNotNull();
		}
		assertThat(get(keys, entries)).isNull();
	}

	private static byte[] key(int key) {
		return ByteBuffer.allocate(4).putInt(key).array();
	}

	/**
	 * A replica whose medium fails.
	 */
	private static final class FailingMachine extends ForwardingMachine {

		private final BooleanSupplier fails;

		FailingMachine(GroupMachine machine, BooleanSupplier fails) {
			super(machine);
			this.fails = fails;
		}

		@Override
		public EntryResult apply(LogPosition at, ByteBuffer entry) {
			if (this.fails.getAsBoolean()) {
				throw new IllegalStateException("planted");
			}
			return super.apply(at, entry);
		}

	}

}

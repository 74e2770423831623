package io.kraft.cluster.ownership;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.kraft.client.StartOptions;
import io.kraft.client.WorkflowHandle;
import io.kraft.client.WorkflowStatus;
import io.kraft.cluster.replication.LeadershipListener;
import io.kraft.cluster.replication.ReplicatedKeys;
import io.kraft.cluster.replication.ratis.RatisCluster;
import io.kraft.engine.KraftEngine;
import io.kraft.engine.definition.MethodSignature;
import io.kraft.engine.definition.RetryPolicy;
import io.kraft.engine.definition.StepDefinition;
import io.kraft.engine.definition.WorkflowDefinition;
import io.kraft.engine.routing.PartitionMap;
import io.kraft.engine.store.StoreIdentity;
import io.kraft.engine.store.kv.KeyCursor;
import io.kraft.engine.store.kv.Keyspace;
import io.kraft.engine.store.kv.KvStore;
import io.kraft.engine.store.kv.OrderedKeys;
import io.kraft.workflow.KraftException;
import io.kraft.workflow.WorkflowContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The engine, as it is, on three replicas in this process: two partitions, owned by the
 * leaders of their groups.
 */
@Timeout(value = 90, unit = TimeUnit.SECONDS)
class ClusteredEngineTests {

	private static final int PARTITIONS = 2;

	private static final int STEPS = 10;

	private static final int RUNS = 16;

	@TempDir
	private Path temp;

	private final List<UUID> groups = List.of(new UUID(2, 0), new UUID(2, 1));

	private final Map<Integer, RaftOwnership> ownerships = new ConcurrentHashMap<>();

	private final Map<Integer, KraftEngine> engines = new ConcurrentHashMap<>();

	/** How often a step of a run was entered, at all nodes. */
	private final Map<String, AtomicInteger> entered = new ConcurrentHashMap<>();

	private @Nullable RatisCluster cluster;

	@AfterEach
	void stop() {
		this.engines.values().parallelStream().forEach(KraftEngine::close);
		this.ownerships.values().forEach(RaftOwnership::close);
		cluster().close();
	}

	private RatisCluster cluster() {
		return Objects.requireNonNull(this.cluster);
	}

	@Test
	void runsContinueOnTheNextLeaderAndNoRecordedStepIsEnteredAgain() {
		startCluster();
		List<String> ids = IntStream.range(0, RUNS).mapToObj((n) -> "run-" + n).toList();
		ids.forEach(this::start);
		// In the middle of their work.
		await().atMost(20, TimeUnit.SECONDS).until(() -> this.entered.size() > RUNS);
		int partition = new PartitionMap(PARTITIONS).of(ids.getFirst());
		int dies = leader(partition);

		KraftEngine dead = Objects.requireNonNull(this.engines.remove(dies));
		cluster().stop(dies);
		await().atMost(20, TimeUnit.SECONDS).until(() -> owners(partition).stream().anyMatch((node) -> node != dies));
		dead.close();

		for (String id : ids) {
			assertThat(result(id)).isEqualTo(expected());
		}
		this.entered.forEach((step, times) -> assertThat(times.get()).as(step).isBetween(1, 2));
		// At most one step of each run was under way when its leader died.
		for (String id : ids) {
			long twice = this.entered.entrySet()
				.stream()
				.filter((step) -> step.getKey().startsWith(id + "/") && step.getValue().get() == 2)
				.count();
			assertThat(twice).as("steps of %s that were entered twice", id).isLessThanOrEqualTo(1);
		}
		assertReplicasAreEqual(dies);
	}

	@Test
	void aPartitionIsHandedOverWithoutEnteringAStepTwice() {
		startCluster();
		List<String> ids = IntStream.range(0, RUNS).mapToObj((n) -> "run-" + n).toList();
		ids.forEach(this::start);
		await().atMost(20, TimeUnit.SECONDS).until(() -> this.entered.size() > RUNS);
		int partition = new PartitionMap(PARTITIONS).of(ids.getFirst());
		int from = leader(partition);
		int to = from % 3 + 1;

		Objects.requireNonNull(this.ownerships.get(from))
			.handOver(partition, cluster().peer(to), Duration.ofSeconds(5))
			.join();

		await().atMost(20, TimeUnit.SECONDS).until(() -> owners(partition).equals(List.of(to)));
		for (String id : ids) {
			assertThat(result(id)).isEqualTo(expected());
		}
		this.entered.forEach((step, times) -> assertThat(times.get()).as(step).isEqualTo(1));
	}

	@Test
	void aRunThatWaitsForATimerIsWokenByTheNextLeader() {
		startCluster();
		String id = "waits-1";
		int partition = new PartitionMap(PARTITIONS).of(id);
		int dies = leader(partition);
		Objects.requireNonNull(this.engines.get(dies)).client().start("sleeper", StartOptions.defaults().id(id), "");
		await().atMost(20, TimeUnit.SECONDS).until(() -> count(id + "/before") == 1);

		KraftEngine dead = Objects.requireNonNull(this.engines.remove(dies));
		cluster().stop(dies);
		await().atMost(20, TimeUnit.SECONDS).until(() -> owners(partition).stream().anyMatch((node) -> node != dies));
		dead.close();

		assertThat(result(id)).isEqualTo("woken");
		assertThat(count(id + "/before")).isEqualTo(1);
		assertThat(count(id + "/after")).isEqualTo(1);
	}

	private void startCluster() {
		RatisCluster started = new RatisCluster(this.temp, this::listener);
		this.cluster = started;
		started.start(3);
		this.groups.forEach((group) -> started.form(group, 1, 2, 3));
		for (int node = 1; node <= 3; node++) {
			KraftEngine engine = engine(node);
			this.engines.put(node, engine);
			engine.start();
		}
		for (int partition = 0; partition < PARTITIONS; partition++) {
			int awaited = partition;
			await().atMost(20, TimeUnit.SECONDS).until(() -> owners(awaited).size() == 1);
		}
	}

	private RaftOwnership ownership(int node) {
		return this.ownerships.computeIfAbsent(node,
				(number) -> new RaftOwnership(PARTITIONS, RatisCluster.MAX_ENTRY_BYTES));
	}

	private LeadershipListener listener(int node, UUID group) {
		return ownership(node).add(this.groups.indexOf(group), () -> new ReplicatedPartition(cluster().log(node, group),
				cluster().replica(node, group), Set.of(cluster().peer(node % 3 + 1))));
	}

	private KraftEngine engine(int node) {
		KraftEngine[] engine = { null };
		WorkflowDefinition order = WorkflowDefinition.of("order", MethodSignature.of(String.class, String.class),
				(arguments) -> {
					StringBuilder results = new StringBuilder();
					for (int i = 0; i < STEPS; i++) {
						results.append(step(engine[0], arguments[0] + "/" + i));
					}
					return results.toString();
				});
		WorkflowDefinition sleeper = WorkflowDefinition.of("sleeper", MethodSignature.of(String.class, String.class),
				(arguments) -> {
					step(engine[0], "waits-1/before");
					WorkflowContext.ofCallingRun().sleep(Duration.ofSeconds(3));
					step(engine[0], "waits-1/after");
					return "woken";
				});
		engine[0] = KraftEngine.builder()
			.ownership(PARTITIONS, ownership(node))
			.shutdownGracePeriod(Duration.ZERO)
			.workflows(List.of(order, sleeper))
			.build();
		return engine[0];
	}

	private Object step(KraftEngine engine, String name) throws Exception {
		StepDefinition step = StepDefinition.of("step", MethodSignature.of(String.class, String.class),
				RetryPolicy.defaults());
		try {
			return Objects.requireNonNull(engine.calls().step(step, new Object[] { name }, (copies) -> {
				this.entered.computeIfAbsent(name, (any) -> new AtomicInteger()).incrementAndGet();
				TimeUnit.MILLISECONDS.sleep(20);
				return "*";
			}));
		}
		catch (Exception | Error ex) {
			throw ex;
		}
		catch (Throwable ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static String expected() {
		return "*".repeat(STEPS);
	}

	private void start(String id) {
		int node = leader(new PartitionMap(PARTITIONS).of(id));
		Objects.requireNonNull(this.engines.get(node)).client().start("order", StartOptions.defaults().id(id), id);
	}

	/** From whichever node owns its partition. */
	private Object result(String id) {
		int partition = new PartitionMap(PARTITIONS).of(id);
		Object[] result = { null };
		await().atMost(60, TimeUnit.SECONDS).pollInterval(Duration.ofMillis(20)).until(() -> {
			try {
				for (int node : owners(partition)) {
					WorkflowHandle<?> handle = Objects.requireNonNull(this.engines.get(node)).client().handle(id);
					if (handle.status() == WorkflowStatus.COMPLETED) {
						result[0] = handle.result();
						return true;
					}
				}
			}
			catch (KraftException | NullPointerException ex) {
				// The owner changes at this moment.
			}
			return false;
		});
		return result[0];
	}

	private int leader(int partition) {
		await().atMost(20, TimeUnit.SECONDS).until(() -> owners(partition).size() == 1);
		return owners(partition).getFirst();
	}

	/** Nodes that run, and have the partition open. */
	private List<Integer> owners(int partition) {
		List<Integer> owners = new ArrayList<>();
		this.engines.forEach((node, engine) -> {
			if (ownership(node).lease(partition).isPresent()
					&& cluster().log(node, this.groups.get(partition)).leadership().isReady()) {
				owners.add(node);
			}
		});
		return owners;
	}

	private int count(String step) {
		AtomicInteger times = this.entered.get(step);
		return (times != null) ? times.get() : 0;
	}

	private void assertReplicasAreEqual(int dead) {
		this.engines.values().parallelStream().forEach(KraftEngine::stop);
		List<Integer> alive = IntStream.rangeClosed(1, 3).filter((node) -> node != dead).boxed().toList();
		for (int partition = 0; partition < PARTITIONS; partition++) {
			UUID group = this.groups.get(partition);
			StoreIdentity identity = new StoreIdentity(partition, PARTITIONS);
			await().atMost(20, TimeUnit.SECONDS)
				.until(() -> cluster().replica(alive.getFirst(), group)
					.applied()
					.index() == cluster().replica(alive.getLast(), group).applied().index());
			List<String> contents = new ArrayList<>();
			for (int node : alive) {
				OrderedKeys keys = cluster().replica(node, group).local();
				ReplicatedKeys read = new ReplicatedKeys(partition, cluster().log(node, group), keys,
						cluster().replica(node, group).fence(), 1);
				assertThat(KvStore.open(read, true, identity).check(10).findings()).isEmpty();
				contents.add(contents(keys));
			}
			assertThat(contents.getFirst()).isEqualTo(contents.getLast()).hasSizeGreaterThan(1000);
		}
	}

	private static String contents(OrderedKeys keys) {
		StringBuilder all = new StringBuilder();
		for (Keyspace space : Keyspace.values()) {
			try (KeyCursor found = keys.scan(space, new byte[0], null)) {
				for (boolean more = found.first(); more; more = found.next()) {
					all.append(space)
						.append(HexFormat.of().formatHex(found.key()))
						.append('=')
						.append(HexFormat.of().formatHex(found.value()))
						.append('\n');
				}
			}
		}
		return all.toString();
	}

}

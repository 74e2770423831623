package io.kraft.cluster.routing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

import io.kraft.client.IfExists;
import io.kraft.client.PartitionUnavailableException;
import io.kraft.client.StartOptions;
import io.kraft.client.WorkflowClient;
import io.kraft.client.WorkflowDescription;
import io.kraft.client.WorkflowQuery;
import io.kraft.cluster.routing.CollectingRun.Op;
import io.kraft.cluster.routing.Linearizability.Operation;
import io.kraft.workflow.KraftException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Clients of three nodes, while the network loses, delays and repeats calls and
 * partitions move from node to node. Each answer has had its effect exactly once.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ThreeNodesTests {

	private static final Duration PATIENCE = Duration.ofSeconds(2);

	private final AtomicLong time = new AtomicLong();

	private final Map<String, List<Operation<Op>>> histories = new ConcurrentHashMap<>();

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3, 4 })
	void whatCallersSeeOfEachRunIsLinearizable(long seed) throws Exception {
		try (ClusterOfNodes cluster = new ClusterOfNodes(seed, Duration.ofSeconds(20))) {
			cluster.network.faults(6);

			whileMoving(cluster, seed, (client, random) -> {
				for (int i = 0; i < 60; i++) {
					operate(client, random);
				}
			});

			assertThat(cluster.network.lostRequests).hasPositiveValue();
			assertThat(cluster.network.lostAnswers).hasPositiveValue();
			assertThat(cluster.network.late).hasPositiveValue();
			assertThat(cluster.network.repeated).hasPositiveValue();
			cluster.network.faults(0);
			this.histories.keySet().forEach((id) -> finish(cluster.client(0), id));
		}
		Linearizability<CollectingRun, Op> checker = new Linearizability<>(CollectingRun.NONE, CollectingRun::next);
		assertThat(this.histories).hasSize(5);
		this.histories
			.forEach((id, history) -> assertThat(checker.violation(history)).as("run %s, seed %d", id, seed).isEmpty());
	}

	/** Calls of clients on all nodes, with partitions that move all the time. */
	private static void whileMoving(ClusterOfNodes cluster, long seed, Load load) throws Exception {
		AtomicBoolean done = new AtomicBoolean();
		try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
			Future<?> moves = threads.submit(() -> {
				Random random = new Random(seed);
				while (!done.get()) {
					int partition = random.nextInt(ClusterOfNodes.PARTITIONS);
					cluster.move(partition, random.nextInt(3), random.nextBoolean() ? Duration.ZERO : PATIENCE);
					LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
				}
			});
			List<Future<?>> clients = new ArrayList<>();
			for (int i = 0; i < 6; i++) {
				WorkflowClient client = cluster.client(i % 3);
				Random random = new Random(seed * 100 + i);
				clients.add(threads.submit(() -> load.run(client, random)));
			}
			try {
				for (Future<?> client : clients) {
					client.get();
				}
			}
			finally {
				done.set(true);
			}
			moves.get();
		}
	}

	private void operate(WorkflowClient client, Random random) {
		String id = "run-" + random.nextInt(5);
		String value = Long.toHexString(random.nextLong());
		switch (random.nextInt(10)) {
			case 0, 1, 2 -> record(id, "start", "", () -> start(client, id));
			case 3, 4, 5 -> record(id, "signal", value, () -> signal(client, id, value));
			case 6 -> record(id, "signal", "end", () -> signal(client, id, "end"));
			case 7, 8 -> record(id, "find", "", () -> client.find(id).isPresent() ? "present" : "absent");
			default -> record(id, "delete", "", () -> {
				client.delete(id);
				return "ok";
			});
		}
	}

	private static String start(WorkflowClient client, String id) {
		client.start("collect", StartOptions.defaults().id(id).ifExists(IfExists.FAIL), "");
		return "ok";
	}

	private static String signal(WorkflowClient client, String id, String value) {
		client.signal(id, "go", value);
		return "ok";
	}

	/** Ends the run, if there is one, so that its result shows what it has taken. */
	private void finish(WorkflowClient client, String id) {
		record(id, "start", "", () -> start(client, id));
		record(id, "signal", "end", () -> signal(client, id, "end"));
		record(id, "result", "", () -> String.valueOf(client.handle(id).result(Duration.ofSeconds(12))));
	}

	private void record(String id, String kind, String value, Supplier<String> call) {
		long called = this.time.incrementAndGet();
		String answer = "";
		boolean isKnown = true;
		try {
			answer = call.get();
		}
		catch (PartitionUnavailableException ex) {
			isKnown = false;
			answer = "ok";
		}
		catch (KraftException ex) {
			answer = ex.code();
		}
		Long answered = isKnown ? this.time.incrementAndGet() : null;
		this.histories.computeIfAbsent(id, (key) -> Collections.synchronizedList(new ArrayList<>()))
			.add(new Operation<>(new Op(kind, value, answer), called, answered));
	}

	@Test
	void eachStartRestartAndSignalOfManyRunsHasItsEffectOnce() throws Exception {
		Map<String, List<String>> restarts = new ConcurrentHashMap<>();
		Map<String, String> expected = new ConcurrentHashMap<>();
		try (ClusterOfNodes cluster = new ClusterOfNodes(7, Duration.ofSeconds(20))) {
			cluster.network.faults(6);

			whileMoving(cluster, 7, (client, random) -> {
				for (int i = 0; i < 12; i++) {
					String id = client.start("collect", StartOptions.defaults(), "").id();
					client.signal(id, "go", "a" + i);
					client.signal(id, "go", "b");
					client.signal(id, "go", "end");
					expected.put(id, "a" + i + " b ");
					assertThat(client.handle(id).result()).isEqualTo("a" + i + " b ");
					restarts.put(id, List.of(client.restart(id).id(), client.restart(id).id()));
				}
			});

			cluster.network.faults(0);
			List<String> ids = list(cluster.client(1));
			List<String> all = new ArrayList<>(expected.keySet());
			restarts.forEach((id, made) -> {
				assertThat(made).containsExactly(id + "~2", id + "~3");
				all.addAll(made);
			});
			assertThat(expected).hasSize(72);
			assertThat(ids).containsExactlyInAnyOrderElementsOf(all);
		}
	}

	private static List<String> list(WorkflowClient client) {
		List<String> ids = new ArrayList<>();
		WorkflowQuery query = WorkflowQuery.all().limit(17);
		while (true) {
			var page = client.list(query);
			page.items().stream().map(WorkflowDescription::id).forEach(ids::add);
			if (page.nextCursor().isEmpty()) {
				return ids;
			}
			query = query.cursor(page.nextCursor().get());
		}
	}

	@Test
	void childrenAndSignalsOfOtherNodesArriveOnceAndInOrder() throws Exception {
		try (ClusterOfNodes cluster = new ClusterOfNodes(9, Duration.ofSeconds(20))) {
			cluster.network.faults(6);

			whileMoving(cluster, 9, (client, random) -> {
				for (int i = 0; i < 4; i++) {
					String own = Long.toHexString(random.nextLong());
					client.start("parent", StartOptions.defaults().id("p-" + own), "c-" + own);
					client.start("collect", StartOptions.defaults().id("t-" + own), "");
					client.start("sender", StartOptions.defaults().id("s-" + own), "t-" + own);
					assertThat(client.handle("t-" + own).result()).isEqualTo("0 1 2 3 4 5 6 7 8 9 ");
					awaitRun(client, "c-" + own);
					client.signal("c-" + own, "go", "done");
					assertThat(client.handle("p-" + own).result()).isEqualTo("done");
				}
			});
		}
	}

	private static void awaitRun(WorkflowClient client, String id) {
		while (client.find(id).isEmpty()) {
			LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
		}
	}

	@Test
	void aNodeThatIsCutOffSaysThatNothingHasHappenedAndOthersWork() {
		try (ClusterOfNodes cluster = new ClusterOfNodes(5, Duration.ofSeconds(1))) {
			String id = "x";
			int owner = cluster.owner(ClusterOfNodes.MAP.of(id));
			int cut = (owner + 1) % 3;
			cluster.network.cut(cluster.address(owner), cluster.address(cut));

			cluster.client((owner + 2) % 3).start("collect", StartOptions.defaults().id(id), "");

			assertThatExceptionOfType(PartitionUnavailableException.class)
				.isThrownBy(() -> cluster.client(cut).signal(id, "go", "end"))
				.satisfies((failure) -> assertThat(failure.mayHaveHappened()).isFalse());
			cluster.network.join(cluster.address(owner), cluster.address(cut));
			cluster.client(cut).signal(id, "go", "end");
			assertThat(cluster.client(cut).handle(id).result()).isEqualTo("");
		}
	}

	/**
	 * What a client does.
	 */
	private interface Load {

		void run(WorkflowClient client, Random random);

	}

}

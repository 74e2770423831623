package io.kraft.cluster.routing;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.ReentrantLock;

import io.kraft.client.WorkflowClient;
import io.kraft.cluster.transport.Address;
import io.kraft.engine.KraftEngine;
import io.kraft.engine.definition.MethodSignature;
import io.kraft.engine.definition.ResultStyle;
import io.kraft.engine.definition.WorkflowDefinition;
import io.kraft.engine.hosting.Ownership;
import io.kraft.engine.hosting.PartitionHost;
import io.kraft.engine.partition.Lease;
import io.kraft.engine.routing.PartitionMap;
import io.kraft.engine.store.memory.MemoryMedium;
import io.kraft.engine.timer.SystemScheduler;
import io.kraft.workflow.KraftException;
import io.kraft.workflow.WorkflowContext;
import org.jspecify.annotations.Nullable;

/**
 * Three nodes in one process, each of which hosts some of four partitions. A partition
 * moves by its release at one node, with or without patience, and its take-over by
 * another one, of the same medium.
 */
final class ClusterOfNodes implements AutoCloseable {

	static final int PARTITIONS = 4;

	static final PartitionMap MAP = new PartitionMap(PARTITIONS);

	final SimulatedNetwork network;

	private final SystemScheduler scheduler = new SystemScheduler(InstantSource.system());

	private final List<MemoryMedium> media = new ArrayList<>();

	private final List<Node> nodes = new ArrayList<>();

	/** Which node hosts each. */
	private final int[] owners = new int[PARTITIONS];

	private final ReentrantLock moving = new ReentrantLock();

	/**
	 * A cluster in which each partition is hosted.
	 * @param timeout of calls between nodes
	 */
	ClusterOfNodes(long seed, Duration timeout) {
		this.network = new SimulatedNetwork(seed);
		for (int i = 0; i < PARTITIONS; i++) {
			this.media.add(new MemoryMedium());
			this.owners[i] = i % 3;
		}
		for (int i = 0; i < 3; i++) {
			this.nodes.add(new Node(i, seed, timeout));
		}
		this.nodes.forEach((node) -> node.engine.start());
		for (int i = 0; i < PARTITIONS; i++) {
			take(i);
		}
	}

	WorkflowClient client(int node) {
		return this.nodes.get(node).engine.client();
	}

	Address address(int node) {
		return this.nodes.get(node).self;
	}

	int owner(int partition) {
		return this.owners[partition];
	}

	/** With zero patience what was not durable is lost, as with a dead leader. */
	void move(int partition, int to, Duration patience) {
		this.moving.lock();
		try {
			if (patience.isZero()) {
				this.media.get(partition).crash();
			}
			host(this.owners[partition]).release(partition, patience);
			this.owners[partition] = to;
			take(partition);
		}
		finally {
			this.moving.unlock();
		}
	}

	private void take(int partition) {
		host(this.owners[partition]).take(partition, this.media.get(partition)::open, Lease.FOR_EVER);
	}

	private PartitionHost host(int node) {
		return Objects.requireNonNull(this.nodes.get(node).host);
	}

	@Override
	public void close() {
		this.nodes.forEach((node) -> node.engine.close());
		this.nodes.forEach((node) -> node.routing.close());
		this.scheduler.close();
	}

	private final class Node implements Ownership {

		private final Address self;

		private final NodeRouting routing;

		private final KraftEngine engine;

		private final WorkflowContext workflow = WorkflowContext.ofCallingRun();

		private volatile @Nullable PartitionHost host;

		Node(int number, long seed, Duration timeout) {
			this.self = new Address("n" + number, 7800);
			List<Address> all = List.of(new Address("n0", 7800), new Address("n1", 7800), new Address("n2", 7800));
			SystemScheduler scheduler = ClusterOfNodes.this.scheduler;
			this.routing = new NodeRouting(MAP, this.self, (partition) -> all, this::find,
					ClusterOfNodes.this.network.node(this.self),
					new NodeRouting.Settings(scheduler, InstantSource.system(), System::nanoTime,
							new Random(seed * 3 + number), timeout, Executors.newVirtualThreadPerTaskExecutor()));
			WorkflowDefinition child = new WorkflowDefinition("child", 1,
					MethodSignature.of(String.class, String.class), ResultStyle.PLAIN,
					(arguments) -> String.valueOf(arguments[0]), null, null, 0,
					(arguments) -> this.workflow.awaitSignal("go", String.class), null);
			this.engine = KraftEngine.builder()
				.ownership(PARTITIONS, this)
				.routing((local) -> this.routing.routing())
				.random(new Random(seed * 31 + number))
				.shutdownGracePeriod(Duration.ZERO)
				.workflows(List.of(
						WorkflowDefinition
							.of("collect", MethodSignature.of(String.class, String.class), (arguments) -> collect()),
						child,
						WorkflowDefinition.of("parent", MethodSignature.of(String.class, String.class),
								(arguments) -> parent(child, (String) arguments[0])),
						WorkflowDefinition.of("sender", MethodSignature.of(String.class, String.class),
								(arguments) -> send((String) arguments[0]))))
				.build();
		}

		private Optional<ServedPartition> find(int partition) {
			PartitionHost host = this.host;
			return (host != null) ? ServedPartitions.of(host, (number) -> Lease.FOR_EVER).find(partition)
					: Optional.empty();
		}

		/** The signals in the order in which they came, up to the last one. */
		private String collect() {
			StringBuilder collected = new StringBuilder();
			while (true) {
				String signal = this.workflow.awaitSignal("go", String.class);
				if (signal.equals("end")) {
					return collected.toString();
				}
				collected.append(signal).append(' ');
			}
		}

		private @Nullable Object parent(WorkflowDefinition child, String childId) throws Exception {
			Object[] arguments = { childId };
			try {
				return this.engine.calls()
					.workflow(child, arguments, () -> this.workflow.awaitSignal("go", String.class));
			}
			catch (Exception | Error ex) {
				throw ex;
			}
			catch (Throwable ex) {
				throw new IllegalStateException(ex);
			}
		}

		private String send(String target) {
			for (int i = 0; i < 10; i++) {
				this.workflow.signal(target, "go", String.valueOf(i));
			}
			this.workflow.signal(target, "go", "end");
			return "sent";
		}

		@Override
		public void start(PartitionHost host) {
			this.host = host;
			host.connect(this.routing);
		}

		@Override
		public void failed(int partition, KraftException cause) {
			// The test has cut off its store; it moves it next.
		}

		@Override
		public @Nullable KraftException failure() {
			return null;
		}

		@Override
		public void stop(Duration patience) {
			PartitionHost host = this.host;
			if (host != null) {
				host.stop(patience);
			}
		}

	}

}

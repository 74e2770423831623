package io.kraft.cluster.routing;

import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import io.kraft.cluster.transport.Address;
import io.kraft.cluster.transport.RequestHandler;
import io.kraft.cluster.transport.Transport;
import io.kraft.cluster.transport.TransportException;

/**
 * A network in one process that loses requests and answers, delays and repeats calls, and
 * can be cut between nodes. What it does to each call is drawn from a seed.
 */
final class SimulatedNetwork {

	private final Random random;

	private final Map<Address, Map<String, RequestHandler>> nodes = new ConcurrentHashMap<>();

	private final Set<Set<Address>> cuts = ConcurrentHashMap.newKeySet();

	/** In percent of the calls. */
	private volatile int faults;

	final AtomicInteger lostRequests = new AtomicInteger();

	final AtomicInteger lostAnswers = new AtomicInteger();

	final AtomicInteger repeated = new AtomicInteger();

	final AtomicInteger late = new AtomicInteger();

	SimulatedNetwork(long seed) {
		this.random = new Random(seed);
	}

	/** So many percent of the calls get each of the four faults. */
	void faults(int percent) {
		this.faults = percent;
	}

	void cut(Address one, Address other) {
		this.cuts.add(Set.of(one, other));
	}

	void join(Address one, Address other) {
		this.cuts.remove(Set.of(one, other));
	}

	Transport node(Address self) {
		this.nodes.put(self, new ConcurrentHashMap<>());
		return new Node(self);
	}

	private synchronized int draw(int bound) {
		return this.random.nextInt(bound);
	}

	private final class Node implements Transport {

		private final Address self;

		Node(Address self) {
			this.self = self;
		}

		@Override
		public byte[] call(Address to, String method, byte[] request, Duration patience) throws TransportException {
			Map<String, RequestHandler> node = SimulatedNetwork.this.nodes.get(to);
			RequestHandler handler = (node != null) ? node.get(method) : null;
			if (handler == null || SimulatedNetwork.this.cuts.contains(Set.of(this.self, to))) {
				throw new TransportException(Outcome.NOT_CALLED, to + " is not reached", null);
			}
			int fate = draw(100) / Math.max(1, SimulatedNetwork.this.faults);
			if (SimulatedNetwork.this.faults == 0 || fate > 3) {
				return handle(handler, request, patience);
			}
			return switch (fate) {
				case 0 -> {
					SimulatedNetwork.this.lostRequests.incrementAndGet();
					throw new TransportException(Outcome.UNKNOWN, "the request to " + to + " was lost", null);
				}
				case 1 -> {
					SimulatedNetwork.this.lostAnswers.incrementAndGet();
					var unused = handle(handler, request, patience);
					throw new TransportException(Outcome.UNKNOWN, "the answer of " + to + " was lost", null);
				}
				case 2 -> {
					// Its first copy is handled while the caller tries again.
					SimulatedNetwork.this.late.incrementAndGet();
					long nanos = TimeUnit.MICROSECONDS.toNanos(draw(3_000));
					Thread.startVirtualThread(() -> {
						LockSupport.parkNanos(nanos);
						try {
							var unused = handle(handler, request, patience);
						}
						catch (TransportException ex) {
							// Its caller does not wait for it.
						}
					});
					throw new TransportException(Outcome.UNKNOWN, "no answer of " + to + " in time", null);
				}
				default -> {
					SimulatedNetwork.this.repeated.incrementAndGet();
					var unused = handle(handler, request, patience);
					yield handle(handler, request, patience);
				}
			};
		}

		private byte[] handle(RequestHandler handler, byte[] request, Duration patience) throws TransportException {
			try {
				return handler.handle(request.clone(), patience);
			}
			catch (RuntimeException ex) {
				throw new TransportException(Outcome.REFUSED, String.valueOf(ex.getMessage()), ex);
			}
		}

		@Override
		public void serve(String method, RequestHandler handler) {
			SimulatedNetwork.this.nodes.get(this.self).put(method, handler);
		}

		@Override
		public void close() {
			SimulatedNetwork.this.nodes.remove(this.self);
		}

	}

}

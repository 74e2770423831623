package io.kraft.cluster.transport;

import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.kraft.cluster.transport.Transport.Outcome;

/**
 * A network in the memory of a test, which loses requests and answers from a seed, and
 * whose links can be cut. What is lost is known to its caller immediately, as unknown: no
 * test waits for that.
 */
public final class MemoryNetwork {

	private final Random random;

	private final Map<Address, MemoryTransport> nodes = new ConcurrentHashMap<>();

	private final Set<String> cut = ConcurrentHashMap.newKeySet();

	private volatile double loss;

	public MemoryNetwork(long seed) {
		this.random = new Random(seed);
	}

	/**
	 * A node of it; one that was closed may be opened again.
	 */
	public Transport open(Address address) {
		MemoryTransport transport = new MemoryTransport(address);
		if (this.nodes.putIfAbsent(address, transport) != null) {
			throw new IllegalStateException("there is a node at " + address);
		}
		return transport;
	}

	/**
	 * How many of the requests, and of the answers, get lost.
	 */
	public void lose(double part) {
		this.loss = part;
	}

	public void cut(Address from, Address to, boolean isCut) {
		if (isCut) {
			this.cut.add(from + ">" + to);
		}
		else {
			this.cut.remove(from + ">" + to);
		}
	}

	private boolean isLost() {
		synchronized (this.random) {
			return this.random.nextDouble() < this.loss;
		}
	}

	private final class MemoryTransport implements Transport {

		private final Address address;

		private final Map<String, RequestHandler> handlers = new ConcurrentHashMap<>();

		private final CompletableFuture<byte[]> closed = new CompletableFuture<>();

		MemoryTransport(Address address) {
			this.address = address;
		}

		@Override
		public byte[] call(Address to, String method, byte[] request, Duration patience) throws TransportException {
			MemoryTransport node = MemoryNetwork.this.nodes.get(to);
			RequestHandler handler = (node != null) ? node.handlers.get(method) : null;
			if (this.closed.isDone() || handler == null) {
				throw new TransportException(Outcome.NOT_CALLED, "nothing answers " + method + " at " + to, null);
			}
			if (MemoryNetwork.this.cut.contains(this.address + ">" + to) || isLost()) {
				throw new TransportException(Outcome.UNKNOWN, "the request " + method + " to " + to + " was lost",
						null);
			}
			byte[] answer = await(node, handler, request.clone(), patience);
			if (MemoryNetwork.this.cut.contains(to + ">" + this.address) || isLost()) {
				throw new TransportException(Outcome.UNKNOWN, "the answer of " + method + " from " + to + " was lost",
						null);
			}
			return answer.clone();
		}

		private byte[] await(MemoryTransport node, RequestHandler handler, byte[] request, Duration patience)
				throws TransportException {
			CompletableFuture<byte[]> answer = new CompletableFuture<>();
			Thread.ofVirtual().start(() -> {
				try {
					answer.complete(handler.handle(request, patience));
				}
				catch (Throwable ex) {
					answer.completeExceptionally(ex);
				}
			});
			try {
				return (byte[]) CompletableFuture.anyOf(answer, this.closed, node.closed)
					.get(patience.toNanos(), TimeUnit.NANOSECONDS);
			}
			catch (ExecutionException ex) {
				boolean isClosed = ex.getCause() instanceof ClosedException;
				throw new TransportException(isClosed ? Outcome.UNKNOWN : Outcome.REFUSED, ex.getCause().getMessage(),
						ex.getCause());
			}
			catch (TimeoutException ex) {
				throw new TransportException(Outcome.UNKNOWN, "no answer within " + patience, ex);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				throw new TransportException(Outcome.UNKNOWN, "interrupted", ex);
			}
		}

		@Override
		public void serve(String method, RequestHandler handler) {
			if (this.handlers.putIfAbsent(method, handler) != null) {
				throw new IllegalStateException(method + " has a handler");
			}
		}

		@Override
		public void close() {
			MemoryNetwork.this.nodes.remove(this.address, this);
			this.closed.completeExceptionally(new ClosedException());
		}

	}

	private static final class ClosedException extends RuntimeException {

		private static final long serialVersionUID = 1L;

		ClosedException() {
			super("a side was closed");
		}

	}

}

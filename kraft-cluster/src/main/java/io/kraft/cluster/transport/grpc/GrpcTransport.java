package io.kraft.cluster.transport.grpc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import org.apache.ratis.conf.Parameters;
import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.grpc.GrpcConfigKeys;
import org.apache.ratis.thirdparty.io.grpc.CallOptions;
import org.apache.ratis.thirdparty.io.grpc.ManagedChannel;
import org.apache.ratis.thirdparty.io.grpc.StatusRuntimeException;
import org.apache.ratis.thirdparty.io.grpc.netty.NettyServerBuilder;
import org.apache.ratis.thirdparty.io.grpc.stub.ClientCalls;
import org.jspecify.annotations.Nullable;

import io.kraft.cluster.security.ClusterTls;
import io.kraft.cluster.transport.Address;
import io.kraft.cluster.transport.RequestHandler;
import io.kraft.cluster.transport.Transport;
import io.kraft.cluster.transport.TransportException;

/**
 * Calls over gRPC. Calls others as soon as it exists; is called by others once it has
 * joined Raft's port, or has a port of its own.
 */
public final class GrpcTransport implements Transport {

	private static final int ACCEPTING_THREADS = 1;

	private final GrpcLimits limits;

	private final @Nullable ClusterTls tls;

	private final CallReceiver receiver;

	private final HeldBytes heldBytes;

	private final PeerChannels channels;

	private @Nullable OwnPort ownPort;

	/**
	 * A transport that is not called by others yet.
	 * @param tls how peers know each other; null: anyone who reaches the port is one
	 */
	public GrpcTransport(GrpcLimits limits, @Nullable ClusterTls tls) {
		this.limits = limits;
		this.tls = tls;
		this.receiver = new CallReceiver(limits);
		this.heldBytes = new HeldBytes(limits.frameBytes(), limits.heldBytes());
		this.channels = new PeerChannels(limits, (tls != null) ? TlsContexts.client(tls) : null);
	}

	/**
	 * Lets a Raft server that is built with these properties and parameters answer the
	 * calls of this transport on its port too, under the same TLS and the same limits.
	 * Its largest message must not be smaller than {@link GrpcLimits#frameBytes()}.
	 */
	public void join(RaftProperties properties, Parameters parameters) {
		// The listening socket is one of our own, which needs these threads.
		GrpcConfigKeys.setUseEpoll(properties, false);
		GrpcConfigKeys.Server.setBossGroupSize(properties, ACCEPTING_THREADS);
		GrpcConfigKeys.Server.setWorkerGroupSize(properties, workers());
		GrpcConfigKeys.Server.setServicesCustomizer(parameters, (builder, types) -> limit(builder));
		if (this.tls != null) {
			GrpcConfigKeys.TLS.setConf(parameters, TlsContexts.raft(this.tls));
		}
	}

	/**
	 * Answers calls on a port of its own, without Raft.
	 * @return the port, which the system chooses for port 0
	 * @throws UncheckedIOException if it cannot be had
	 */
	public synchronized int listen(InetSocketAddress address) {
		if (this.ownPort != null) {
			throw new IllegalStateException("The transport listens already");
		}
		NettyServerBuilder builder = NettyServerBuilder.forAddress(address)
			.maxInboundMessageSize(this.limits.frameBytes());
		if (this.tls != null) {
			builder.sslContext(TlsContexts.server(this.tls));
		}
		try {
			OwnPort port = OwnPort.open(limit(builder), ACCEPTING_THREADS, workers());
			this.ownPort = port;
			return port.number();
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Nodes cannot call this one at " + address, ex);
		}
	}

	@Override
	public void serve(String method, RequestHandler handler) {
		this.receiver.serve(method, handler);
	}

	@Override
	public byte[] call(Address to, String method, byte[] request, Duration patience) throws TransportException {
		byte[] frame = Frames.request(method, request);
		if (frame.length > this.limits.frameBytes()) {
			throw failure(Outcome.NOT_CALLED, to, method,
					"it has %d bytes, more than %d".formatted(frame.length, this.limits.frameBytes()), null);
		}
		if (patience.isNegative() || patience.isZero()) {
			throw failure(Outcome.NOT_CALLED, to, method, "there is no time left", null);
		}
		ManagedChannel channel;
		try {
			channel = this.channels.to(to);
		}
		catch (IllegalArgumentException | IllegalStateException ex) {
			throw failure(Outcome.NOT_CALLED, to, method, String.valueOf(ex.getMessage()), ex);
		}
		return bodyOf(call(channel, to, method, frame, patience), to, method);
	}

	@Override
	public void close() {
		this.receiver.close();
		this.channels.close();
		OwnPort port;
		synchronized (this) {
			port = this.ownPort;
			this.ownPort = null;
		}
		if (port != null) {
			port.close();
		}
	}

	/**
	 * How many bytes of calls are held now, and how many more calls would be handled.
	 */
	Load load() {
		return new Load(this.heldBytes.held(), this.receiver.free());
	}

	private byte[] call(ManagedChannel channel, Address to, String method, byte[] frame, Duration patience)
			throws TransportException {
		SentMark mark = new SentMark();
		Duration bounded = (patience.compareTo(this.limits.patience()) < 0) ? patience : this.limits.patience();
		CallOptions options = CallOptions.DEFAULT.withDeadlineAfter(bounded.toNanos(), TimeUnit.NANOSECONDS)
			.withStreamTracerFactory(mark);
		try {
			return ClientCalls.blockingUnaryCall(channel, NodeService.CALL, options, frame);
		}
		catch (StatusRuntimeException ex) {
			boolean certain = !mark.isSent() && !Thread.currentThread().isInterrupted();
			throw failure(certain ? Outcome.NOT_CALLED : Outcome.UNKNOWN, to, method, ex.getStatus().toString(), ex);
		}
	}

	private static byte[] bodyOf(byte[] answer, Address to, String method) throws TransportException {
		Frames.Kind kind = Frames.kindOf(answer);
		if (kind == null) {
			throw failure(Outcome.UNKNOWN, to, method, "the answer is of another version", null);
		}
		return switch (kind) {
			case ANSWERED -> Frames.bodyOf(answer);
			case REFUSED -> throw failure(Outcome.REFUSED, to, method, Frames.messageOf(answer), null);
			case NOT_CALLED -> throw failure(Outcome.NOT_CALLED, to, method, Frames.messageOf(answer), null);
			case FAILED -> throw failure(Outcome.UNKNOWN, to, method, Frames.messageOf(answer), null);
		};
	}

	private static TransportException failure(Outcome outcome, Address to, String method, String what,
			@Nullable Throwable cause) {
		return new TransportException(outcome, "The call '%s' to %s has no answer: %s".formatted(method, to, what),
				cause);
	}

	private NettyServerBuilder limit(NettyServerBuilder builder) {
		return builder.channelFactory(() -> new BoundedServerChannel(this.limits.connections()))
			.addStreamTracerFactory(this.heldBytes)
			.addService(NodeService.answeredBy(this.receiver))
			.handshakeTimeout(this.limits.handshake().toMillis(), TimeUnit.MILLISECONDS)
			.maxConnectionIdle(this.limits.idle().toMillis(), TimeUnit.MILLISECONDS)
			.maxConcurrentCallsPerConnection(this.limits.calls())
			.maxInboundMetadataSize(8 << 10)
			// Callers that end many waits together are no attack; ten thousand are.
			.maxRstFramesPerWindow(10_000, 10)
			.keepAliveTime(30, TimeUnit.SECONDS)
			.keepAliveTimeout(10, TimeUnit.SECONDS)
			.permitKeepAliveTime(5, TimeUnit.SECONDS);
	}

	private static int workers() {
		return Math.clamp(Runtime.getRuntime().availableProcessors(), 2, 8);
	}

	/**
	 * @param heldBytes of requests and answers
	 * @param freePlaces for calls
	 */
	record Load(long heldBytes, int freePlaces) {
	}

}

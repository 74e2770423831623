package io.kraft.cluster.transport.grpc;

import java.util.concurrent.atomic.AtomicLong;

import org.apache.ratis.thirdparty.io.grpc.Metadata;
import org.apache.ratis.thirdparty.io.grpc.ServerStreamTracer;
import org.apache.ratis.thirdparty.io.grpc.Status;

/**
 * The bytes that a node holds for the calls of others, from their arrival on the wire
 * until the answer has left.
 *
 * <p>
 * gRPC collects a message before it shows it to anyone. Its own bound is one for each
 * message, so a few hundred half-sent requests would fill the heap. This counts bytes as
 * they arrive, and answers as they are written, and ends the one stream that exceeds what
 * is left. An answer that its caller does not read counts until the stream is closed,
 * which the deadline of the call does.
 */
final class HeldBytes extends ServerStreamTracer.Factory {

	private static final ServerStreamTracer OF_OTHERS = new ServerStreamTracer() {
	};

	private final int frameBytes;

	private final long limit;

	private final AtomicLong held = new AtomicLong();

	HeldBytes(int frameBytes, long limit) {
		this.frameBytes = frameBytes;
		this.limit = limit;
	}

	long held() {
		return this.held.get();
	}

	@Override
	public ServerStreamTracer newServerStreamTracer(String fullMethodName, Metadata headers) {
		return NodeService.CALL.getFullMethodName().equals(fullMethodName) ? new Stream() : OF_OTHERS;
	}

	// Throws out of gRPC's reader, which then ends this stream and no other.
	private void hold(long bytes) {
		if (this.held.addAndGet(bytes) > this.limit) {
			this.held.addAndGet(-bytes);
			throw Status.RESOURCE_EXHAUSTED
				.withDescription("The node holds %d bytes of calls: no more now".formatted(this.limit))
				.asRuntimeException();
		}
	}

	private final class Stream extends ServerStreamTracer {

		private final AtomicLong own = new AtomicLong();

		private long arrived;

		// On the thread of the connection.
		@Override
		public void inboundWireSize(long bytes) {
			this.arrived += bytes;
			if (this.arrived > HeldBytes.this.frameBytes) {
				throw Status.RESOURCE_EXHAUSTED
					.withDescription("The call is larger than %d bytes".formatted(HeldBytes.this.frameBytes))
					.asRuntimeException();
			}
			hold(bytes);
			own(bytes);
		}

		// The answer exists already: it is counted, and others wait for it to leave.
		@Override
		public void outboundWireSize(long bytes) {
			HeldBytes.this.held.addAndGet(bytes);
			own(bytes);
		}

		@Override
		public void streamClosed(Status status) {
			HeldBytes.this.held.addAndGet(-this.own.getAndSet(Long.MIN_VALUE));
		}

		// What is counted behind the end of the stream is given back immediately.
		private void own(long bytes) {
			long before = this.own.getAndUpdate((own) -> (own < 0) ? own : own + bytes);
			if (before < 0) {
				HeldBytes.this.held.addAndGet(-bytes);
			}
		}

	}

}

package io.kraft.cluster.transport.grpc;

import org.apache.ratis.thirdparty.io.grpc.Attributes;
import org.apache.ratis.thirdparty.io.grpc.ClientStreamTracer;
import org.apache.ratis.thirdparty.io.grpc.Metadata;

/**
 * Whether anything of a call may have been sent. gRPC creates a stream on a connection
 * that is ready, before it writes; a call that ends without one has never left this node,
 * whatever its status says. The statuses do not say it: {@code UNAVAILABLE} is both a
 * refused connection and one that broke under the call.
 */
final class SentMark extends ClientStreamTracer.Factory {

	private volatile boolean sent;

	boolean isSent() {
		return this.sent;
	}

	@Override
	public ClientStreamTracer newClientStreamTracer(ClientStreamTracer.StreamInfo info, Metadata headers) {
		return new ClientStreamTracer() {

			@Override
			public void streamCreated(Attributes transport, Metadata headers) {
				SentMark.this.sent = true;
			}

		};
	}

}

package io.kraft.cluster.transport.grpc;

import java.net.InetAddress;
import java.net.InetSocketAddress;

import io.kraft.cluster.transport.Address;
import io.kraft.cluster.transport.TransportContract;

class GrpcTransportTests extends TransportContract {

	@Override
	protected Node start() {
		GrpcTransport transport = new GrpcTransport(GrpcLimits.DEFAULT, null);
		int port = transport.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
		return new Node(transport, new Address("127.0.0.1", port));
	}

}

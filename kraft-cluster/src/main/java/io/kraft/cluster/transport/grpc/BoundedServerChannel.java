package io.kraft.cluster.transport.grpc;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import org.apache.ratis.thirdparty.io.netty.channel.Channel;
import org.apache.ratis.thirdparty.io.netty.channel.socket.nio.NioServerSocketChannel;

/**
 * A listening socket with a limit of open connections. One above it is closed as it is
 * accepted: a flood then costs no files, which the store needs too, and no memory. gRPC
 * has no such limit.
 */
final class BoundedServerChannel extends NioServerSocketChannel {

	private final int limit;

	private final AtomicInteger open = new AtomicInteger();

	BoundedServerChannel(int limit) {
		this.limit = limit;
	}

	@Override
	protected int doReadMessages(List<Object> accepted) throws Exception {
		int count = super.doReadMessages(accepted);
		if (count <= 0) {
			return count;
		}
		Channel connection = (Channel) accepted.getLast();
		if (this.open.incrementAndGet() > this.limit) {
			this.open.decrementAndGet();
			accepted.removeLast();
			connection.unsafe().closeForcibly();
			return 0;
		}
		var unusedListener = connection.closeFuture().addListener((closed) -> this.open.decrementAndGet());
		return count;
	}

}

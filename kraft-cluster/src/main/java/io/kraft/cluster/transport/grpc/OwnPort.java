package io.kraft.cluster.transport.grpc;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

import org.apache.ratis.thirdparty.io.grpc.Server;
import org.apache.ratis.thirdparty.io.grpc.netty.NettyServerBuilder;
import org.apache.ratis.thirdparty.io.netty.channel.EventLoopGroup;
import org.apache.ratis.thirdparty.io.netty.channel.nio.NioEventLoopGroup;
import org.apache.ratis.thirdparty.io.netty.util.concurrent.DefaultThreadFactory;

/**
 * A port that is not Raft's, with its threads.
 */
final class OwnPort {

	private final Server server;

	private final EventLoopGroup accepting;

	private final EventLoopGroup working;

	private OwnPort(Server server, EventLoopGroup accepting, EventLoopGroup working) {
		this.server = server;
		this.accepting = accepting;
		this.working = working;
	}

	static OwnPort open(NettyServerBuilder builder, int acceptingThreads, int workingThreads) throws IOException {
		EventLoopGroup accepting = group(acceptingThreads);
		EventLoopGroup working = group(workingThreads);
		Server server = builder.bossEventLoopGroup(accepting).workerEventLoopGroup(working).build();
		OwnPort port = new OwnPort(server, accepting, working);
		try {
			server.start();
			return port;
		}
		catch (IOException ex) {
			port.close();
			throw ex;
		}
	}

	private static EventLoopGroup group(int threads) {
		return new NioEventLoopGroup(threads, new DefaultThreadFactory("kraft-port", true));
	}

	int number() {
		return this.server.getPort();
	}

	void close() {
		this.server.shutdownNow();
		try {
			this.server.awaitTermination(1, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		var unusedAccepting = this.accepting.shutdownGracefully(0, 1, TimeUnit.SECONDS);
		var unusedWorking = this.working.shutdownGracefully(0, 1, TimeUnit.SECONDS);
	}

}

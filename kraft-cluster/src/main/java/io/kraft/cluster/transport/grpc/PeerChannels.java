package io.kraft.cluster.transport.grpc;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

import org.apache.ratis.thirdparty.io.grpc.ConnectivityState;
import org.apache.ratis.thirdparty.io.grpc.ManagedChannel;
import org.apache.ratis.thirdparty.io.grpc.netty.NegotiationType;
import org.apache.ratis.thirdparty.io.grpc.netty.NettyChannelBuilder;
import org.apache.ratis.thirdparty.io.netty.channel.ChannelOption;
import org.apache.ratis.thirdparty.io.netty.handler.ssl.SslContext;
import org.jspecify.annotations.Nullable;

import io.kraft.cluster.transport.Address;

/**
 * The connections to other nodes, one for each address, made when they are needed.
 *
 * <p>
 * A channel that could not connect waits before it tries again, up to two minutes, and
 * answers every call meanwhile with the failure of its last attempt; even when its
 * waiting time is reset, it keeps that answer until it is connected. So it is replaced by
 * a new one: what a call learns was found out after the call began. Names are resolved
 * anew with that.
 */
final class PeerChannels {

	// More nodes than any cluster has; addresses come from other nodes, and are no bound.
	private static final int MAX = 256;

	private static final int CONNECT_MILLIS = 2000;

	// Logs a stack trace for each name that is not found. The failure of the call says it
	// too, and is logged by those who know how often.
	private static final Logger NAMES = Logger
		.getLogger("org.apache.ratis.thirdparty.io.grpc.internal.ManagedChannelImpl");

	static {
		NAMES.setLevel(Level.SEVERE);
	}

	private final GrpcLimits limits;

	private final @Nullable SslContext ssl;

	private final Map<Address, ManagedChannel> channels = new LinkedHashMap<>(16, 0.75f, true);

	private boolean closed;

	PeerChannels(GrpcLimits limits, @Nullable SslContext ssl) {
		this.limits = limits;
		this.ssl = ssl;
	}

	/**
	 * The channel to a node.
	 * @throws IllegalArgumentException if the host is no name that can be resolved
	 * @throws IllegalStateException if the channels are closed
	 */
	synchronized ManagedChannel to(Address address) {
		if (this.closed) {
			throw new IllegalStateException("The transport is closed");
		}
		ManagedChannel channel = this.channels.get(address);
		if (channel != null && channel.getState(false) != ConnectivityState.TRANSIENT_FAILURE) {
			return channel;
		}
		if (channel != null) {
			channel.shutdown();
		}
		channel = connect(address);
		this.channels.put(address, channel);
		if (this.channels.size() > MAX) {
			closeOldest();
		}
		return channel;
	}

	synchronized int size() {
		return this.channels.size();
	}

	synchronized void close() {
		this.closed = true;
		this.channels.values().forEach(ManagedChannel::shutdownNow);
		this.channels.clear();
	}

	// Its calls under way are completed; one that has got it just now, and not begun,
	// fails without having been sent.
	private void closeOldest() {
		Iterator<ManagedChannel> oldest = this.channels.values().iterator();
		oldest.next().shutdown();
		oldest.remove();
	}

	// The scheme is named: a host called "unix" would be taken for one otherwise.
	private ManagedChannel connect(Address address) {
		String target = "dns:///" + address.toString().replace("[", "%5B").replace("]", "%5D");
		NettyChannelBuilder builder = NettyChannelBuilder.forTarget(target)
			.proxyDetector((server) -> null)
			.disableServiceConfigLookUp()
			.maxInboundMessageSize(this.limits.frameBytes())
			.withOption(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
			.keepAliveTime(10, TimeUnit.SECONDS)
			.keepAliveTimeout(5, TimeUnit.SECONDS);
		if (this.ssl != null) {
			return builder.sslContext(this.ssl).build();
		}
		return builder.negotiationType(NegotiationType.PLAINTEXT).build();
	}

}

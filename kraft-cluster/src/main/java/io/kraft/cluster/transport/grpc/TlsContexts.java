package io.kraft.cluster.transport.grpc;

import javax.net.ssl.SSLException;

import org.apache.ratis.grpc.GrpcTlsConfig;
import org.apache.ratis.thirdparty.io.grpc.netty.GrpcSslContexts;
import org.apache.ratis.thirdparty.io.netty.handler.ssl.ClientAuth;
import org.apache.ratis.thirdparty.io.netty.handler.ssl.SslContext;
import org.apache.ratis.thirdparty.io.netty.handler.ssl.SslContextBuilder;
import org.apache.ratis.thirdparty.io.netty.handler.ssl.SslProvider;

import io.kraft.cluster.security.ClusterTls;

/**
 * What gRPC and Raft need to know for mutual TLS. Only version 1.3, and only the JDK's
 * own implementation: the native one would be chosen where it loads, and the same
 * certificates could be judged otherwise on another machine.
 */
final class TlsContexts {

	private static final String PROTOCOL = "TLSv1.3";

	private TlsContexts() {
	}

	static SslContext client(ClusterTls tls) {
		return build(SslContextBuilder.forClient().keyManager(tls.keyManager()).trustManager(tls.trustManager()));
	}

	static SslContext server(ClusterTls tls) {
		return build(SslContextBuilder.forServer(tls.keyManager())
			.trustManager(tls.trustManager())
			.clientAuth(ClientAuth.REQUIRE));
	}

	static GrpcTlsConfig raft(ClusterTls tls) {
		GrpcTlsConfig.Builder builder = GrpcTlsConfig.newBuilder().setName("kraft");
		builder.setKeyManager(tls.keyManager())
			.setTrustManager(tls.trustManager())
			.setMutualTls(true)
			.setSslProvider(SslProvider.JDK)
			.setProtocols(PROTOCOL);
		return builder.build();
	}

	private static SslContext build(SslContextBuilder builder) {
		try {
			return GrpcSslContexts.configure(builder, SslProvider.JDK).protocols(PROTOCOL).build();
		}
		catch (SSLException ex) {
			throw new IllegalStateException("This JVM has no " + PROTOCOL, ex);
		}
	}

}

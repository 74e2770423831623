package io.kraft.cluster.transport.grpc;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.kraft.cluster.security.ClusterTls;
import io.kraft.cluster.security.SharedSecret;
import io.kraft.cluster.transport.Address;
import io.kraft.cluster.transport.Transport.Outcome;
import io.kraft.cluster.transport.TransportException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Who connects with whom, by real handshakes.
 */
class SecuredTransportTests {

	private static final String ONE = "8f14e45fceea167a5a36dedd4bea2543";

	private static final String OTHER = "c9f0f895fb98ab9159f51fd0297e236d";

	private static final InstantSource CLOCK = InstantSource.fixed(Instant.EPOCH);

	private static final Map<String, ClusterTls> KNOWN = new HashMap<>();

	private final List<GrpcTransport> open = new ArrayList<>();

	@AfterEach
	void close() {
		this.open.forEach(GrpcTransport::close);
	}

	@Test
	void nodesOfOneSecretConnect() throws Exception {
		assertThat(connects(tls(ONE, null), tls(ONE, null))).isTrue();
	}

	@Test
	void anotherSecretDoesNotConnectInEitherDirection() throws Exception {
		assertThat(connects(tls(ONE, null), tls(OTHER, null))).isFalse();
		assertThat(connects(tls(OTHER, null), tls(ONE, null))).isFalse();
	}

	@Test
	void anotherClusterOfTheSameSecretDoesNotConnect() throws Exception {
		assertThat(connects(tls(ONE, null), SharedSecret.tls(ONE, null, "other", CLOCK))).isFalse();
	}

	@Test
	void plainTextDoesNotConnectInEitherDirection() throws Exception {
		assertThat(connects(null, tls(ONE, null))).isFalse();
		assertThat(connects(tls(ONE, null), null)).isFalse();
	}

	@Test
	void aSecretIsChangedByTwoRollingRestarts() throws Exception {
		ClusterTls before = tls(ONE, null);
		ClusterTls prepared = tls(ONE, OTHER);
		ClusterTls changed = tls(OTHER, ONE);

		for (ClusterTls[] pair : new ClusterTls[][] { { before, prepared }, { prepared, changed } }) {
			assertThat(connects(pair[0], pair[1])).isTrue();
			assertThat(connects(pair[1], pair[0])).isTrue();
			assertThat(connects(pair[1], pair[1])).isTrue();
		}
		assertThat(connects(before, changed)).isFalse();
	}

	@Test
	void aHandshakeThatIsNotEndedIsCutAndOthersConnectMeanwhile() throws Exception {
		GrpcLimits limits = new GrpcLimits(1 << 20, 4L << 20, 10, 3, Duration.ofSeconds(30), Duration.ofMillis(800),
				Duration.ofMinutes(1));
		GrpcTransport node = open(new GrpcTransport(limits, tls(ONE, null)));
		node.serve("echo", (request, remaining) -> request);
		int port = node.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
		try (Socket silent = new Socket(InetAddress.getLoopbackAddress(), port);
				Socket begun = new Socket(InetAddress.getLoopbackAddress(), port)) {
			// A record of TLS that announces more than ever comes.
			begun.getOutputStream().write(new byte[] { 0x16, 3, 1, 1, 0, 1, 0 });
			GrpcTransport caller = open(new GrpcTransport(limits, tls(ONE, null)));

			byte[] answer = caller.call(new Address("127.0.0.1", port), "echo", new byte[] { 3 },
					Duration.ofSeconds(20));

			assertThat(answer).containsExactly(3);
			silent.setSoTimeout(10_000);
			begun.setSoTimeout(10_000);
			assertThat(silent.getInputStream().read()).isEqualTo(-1);
			assertThat(begun.getInputStream().readAllBytes()).isNotNull();
		}
	}

	private boolean connects(@Nullable ClusterTls from, @Nullable ClusterTls to) throws Exception {
		GrpcTransport node = open(new GrpcTransport(GrpcLimits.DEFAULT, to));
		boolean[] called = { false };
		node.serve("echo", (request, remaining) -> {
			called[0] = true;
			return request;
		});
		int port = node.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
		GrpcTransport caller = open(new GrpcTransport(GrpcLimits.DEFAULT, from));
		Address address = new Address("127.0.0.1", port);

		TransportException failure = catchThrowableOfType(TransportException.class,
				() -> caller.call(address, "echo", new byte[] { 1 }, Duration.ofSeconds(10)));

		if (failure != null) {
			assertThat(failure.outcome()).isNotEqualTo(Outcome.REFUSED);
			assertThat(called[0]).isFalse();
		}
		return failure == null;
	}

	private GrpcTransport open(GrpcTransport transport) {
		this.open.add(transport);
		return transport;
	}

	private static ClusterTls tls(String secret, @Nullable String previous) {
		return KNOWN.computeIfAbsent(secret + previous, (key) -> SharedSecret.tls(secret, previous, "kraft", CLOCK));
	}

}

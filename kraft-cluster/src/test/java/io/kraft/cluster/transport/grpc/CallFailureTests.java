package io.kraft.cluster.transport.grpc;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.kraft.cluster.transport.Address;
import io.kraft.cluster.transport.Transport.Outcome;
import io.kraft.cluster.transport.TransportException;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * What is known about a call after each way to fail.
 */
class CallFailureTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private final List<AutoCloseable> open = new ArrayList<>();

	private final GrpcTransport caller = open(new GrpcTransport(GrpcLimits.DEFAULT, null));

	@AfterEach
	void close() throws Exception {
		for (AutoCloseable closeable : this.open.reversed()) {
			closeable.close();
		}
	}

	@Test
	void aPortWithoutANodeIsNotCalled() throws Exception {
		Address nobody;
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			nobody = new Address("127.0.0.1", socket.getLocalPort());
		}

		assertThat(outcomeOf(nobody, PATIENCE)).isEqualTo(Outcome.NOT_CALLED);
	}

	@Test
	void anUnknownHostIsNotCalled() {
		assertThat(outcomeOf(new Address("no-such-node.invalid", 7800), PATIENCE)).isEqualTo(Outcome.NOT_CALLED);
	}

	@Test
	void aHostThatIsNoNameIsNotCalled() {
		assertThat(outcomeOf(new Address("under_score", 7800), PATIENCE)).isEqualTo(Outcome.NOT_CALLED);
	}

	@Test
	void aHostNamedLikeASchemeIsAName() {
		assertThat(outcomeOf(new Address("unix", 7800), Duration.ofSeconds(5))).isEqualTo(Outcome.NOT_CALLED);
	}

	@Test
	void anIpv6AddressIsCalledAsOne() throws Exception {
		InetAddress loopback = InetAddress.getByAddress(new byte[] { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1 });
		GrpcTransport node = open(new GrpcTransport(GrpcLimits.DEFAULT, null));
		int port;
		try {
			port = node.listen(new InetSocketAddress(loopback, 0));
		}
		catch (RuntimeException ex) {
			// Without IPv6 the address must still be taken for one, and fail as such.
			assertThat(outcomeOf(new Address("::1", 7800), PATIENCE)).isEqualTo(Outcome.NOT_CALLED);
			return;
		}
		node.serve("echo", (request, remaining) -> request);

		assertThat(this.caller.call(new Address("::1", port), "echo", new byte[] { 4 }, PATIENCE)).containsExactly(4);
	}

	@Test
	void aSocketThatAcceptsAndIsSilentIsNotCalled() throws Exception {
		ServerSocket silent = open(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
		Address address = new Address("127.0.0.1", silent.getLocalPort());

		Outcome outcome = outcomeOf(address, Duration.ofMillis(500));

		// gRPC without TLS begins to send before it has heard anything.
		assertThat(outcome).isIn(Outcome.NOT_CALLED, Outcome.UNKNOWN);
	}

	@Test
	void aServerThatIsNoGrpcDoesNotAnswer() throws Exception {
		ServerSocket other = open(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
		Thread.ofVirtual().start(() -> {
			try (var socket = other.accept()) {
				socket.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(UTF_8));
			}
			catch (IOException ex) {
				// The test has ended.
			}
		});

		assertThat(outcomeOf(new Address("127.0.0.1", other.getLocalPort()), PATIENCE)).isIn(Outcome.NOT_CALLED,
				Outcome.UNKNOWN);
	}

	@Test
	void aConnectionThatIsCutUnderACallLeavesItUnknown() throws Exception {
		AtomicInteger handled = new AtomicInteger();
		CountDownLatch entered = new CountDownLatch(1);
		FaultProxy proxy = proxyOf(serving(handled, entered));
		CompletableFuture<Outcome> outcome = CompletableFuture.supplyAsync(() -> outcomeOf(proxy.address(), PATIENCE));
		assertThat(entered.await(10, TimeUnit.SECONDS)).isTrue();

		proxy.cut();

		assertThat(outcome.get(10, TimeUnit.SECONDS)).isEqualTo(Outcome.UNKNOWN);
		assertThat(handled).hasValue(1);
	}

	@Test
	void aProxyThatDropsEverythingLeavesACallUnknownAtItsDeadline() throws Exception {
		AtomicInteger handled = new AtomicInteger();
		FaultProxy proxy = proxyOf(serving(handled, new CountDownLatch(0)));
		this.caller.call(proxy.address(), "quick", new byte[0], PATIENCE);

		proxy.drop();

		assertThat(outcomeOf(proxy.address(), "quick", Duration.ofMillis(500))).isEqualTo(Outcome.UNKNOWN);
		assertThat(handled).hasValue(1);
	}

	@Test
	void aNodeThatIsBackAnswersTheFirstCall() throws Exception {
		GrpcTransport first = open(new GrpcTransport(GrpcLimits.DEFAULT, null));
		int port = first.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
		first.serve("echo", (request, remaining) -> request);
		Address address = new Address("127.0.0.1", port);
		this.caller.call(address, "echo", new byte[0], PATIENCE);
		first.close();
		// Each attempt lengthens the time that gRPC waits before it tries again.
		for (int i = 0; i < 5; i++) {
			assertThat(outcomeOf(address, PATIENCE)).isIn(Outcome.NOT_CALLED, Outcome.UNKNOWN);
		}

		GrpcTransport second = open(new GrpcTransport(GrpcLimits.DEFAULT, null));
		second.serve("echo", (request, remaining) -> request);
		second.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));

		assertThat(this.caller.call(address, "echo", new byte[] { 1 }, PATIENCE)).containsExactly(1);
	}

	@Test
	void aCallThatIsTooLargeIsNotCalled() throws Exception {
		Address node = serving(new AtomicInteger(), new CountDownLatch(0));
		byte[] large = new byte[GrpcLimits.DEFAULT.frameBytes()];

		TransportException failure = catchThrowableOfType(TransportException.class,
				() -> this.caller.call(node, "quick", large, PATIENCE));

		assertThat(failure.outcome()).isEqualTo(Outcome.NOT_CALLED);
		assertThat(failure).hasMessageContaining("more than " + GrpcLimits.DEFAULT.frameBytes());
	}

	@Test
	void anAnswerThatIsTooLargeLeavesTheCallUnknown() throws Exception {
		GrpcTransport node = open(new GrpcTransport(GrpcLimits.DEFAULT, null));
		node.serve("large", (request, remaining) -> new byte[GrpcLimits.DEFAULT.frameBytes()]);
		int port = node.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));

		assertThat(outcomeOf(new Address("127.0.0.1", port), "large", PATIENCE)).isEqualTo(Outcome.UNKNOWN);
	}

	@Test
	void manyAddressesDoNotBecomeManyConnections() {
		PeerChannels channels = new PeerChannels(GrpcLimits.DEFAULT, null);

		for (int port = 1; port <= 400; port++) {
			channels.to(new Address("127.0.0.1", port));
		}

		assertThat(channels.size()).isEqualTo(256);
		channels.close();
	}

	private Address serving(AtomicInteger handled, CountDownLatch entered) {
		GrpcTransport node = open(new GrpcTransport(GrpcLimits.DEFAULT, null));
		node.serve("quick", (request, remaining) -> new byte[] { (byte) handled.incrementAndGet() });
		node.serve("wait", (request, remaining) -> {
			handled.incrementAndGet();
			entered.countDown();
			try {
				new CountDownLatch(1).await(30, TimeUnit.SECONDS);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			return request;
		});
		return new Address("127.0.0.1", node.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)));
	}

	private FaultProxy proxyOf(Address target) throws IOException {
		return open(new FaultProxy(target));
	}

	private Outcome outcomeOf(Address to, Duration patience) {
		return outcomeOf(to, "wait", patience);
	}

	private Outcome outcomeOf(Address to, String method, Duration patience) {
		return catchThrowableOfType(TransportException.class,
				() -> this.caller.call(to, method, new byte[] { 1 }, patience))
			.outcome();
	}

	private <T extends AutoCloseable> T open(T closeable) {
		this.open.add(closeable);
		return closeable;
	}

}

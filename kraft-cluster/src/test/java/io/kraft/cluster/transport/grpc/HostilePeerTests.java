package io.kraft.cluster.transport.grpc;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.apache.ratis.thirdparty.io.grpc.CallOptions;
import org.apache.ratis.thirdparty.io.grpc.ClientCall;
import org.apache.ratis.thirdparty.io.grpc.ManagedChannel;
import org.apache.ratis.thirdparty.io.grpc.Metadata;
import org.apache.ratis.thirdparty.io.grpc.Status;
import org.apache.ratis.thirdparty.io.grpc.StatusRuntimeException;
import org.apache.ratis.thirdparty.io.grpc.netty.NettyChannelBuilder;
import org.apache.ratis.thirdparty.io.grpc.stub.ClientCalls;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.kraft.cluster.transport.Address;
import io.kraft.cluster.transport.Transport.Outcome;
import io.kraft.cluster.transport.TransportException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

/**
 * Peers that send too much, too slowly, or read nothing: each costs no more than its
 * bound, and others are still answered.
 */
class HostilePeerTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private static final int FRAME = 64 << 10;

	private static final GrpcLimits SMALL = new GrpcLimits(FRAME, 2L * FRAME, 4, 6, Duration.ofSeconds(10),
			Duration.ofMillis(500), Duration.ofMillis(500));

	private final GrpcTransport node = new GrpcTransport(SMALL, null);

	private final GrpcTransport caller = new GrpcTransport(SMALL, null);

	private final CountDownLatch mayEnd = new CountDownLatch(1);

	private final int port = this.node.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));

	private final Address address = new Address("127.0.0.1", this.port);

	private final ManagedChannel raw = NettyChannelBuilder.forAddress("127.0.0.1", this.port)
		.usePlaintext()
		.flowControlWindow(1024)
		.build();

	HostilePeerTests() {
		this.node.serve("echo", (request, remaining) -> request);
		this.node.serve("wait", (request, remaining) -> {
			try {
				this.mayEnd.await(20, TimeUnit.SECONDS);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			return request;
		});
	}

	@AfterEach
	void close() {
		this.mayEnd.countDown();
		this.raw.shutdownNow();
		this.caller.close();
		this.node.close();
	}

	@Test
	void aFrameThatIsTooLargeIsEndedByTheNode() throws Exception {
		assertThat(rawStatus(new byte[FRAME + 1])).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);

		assertAnswersAndHoldsNothing();
	}

	@Test
	void aCallOfAnotherVersionIsNotCalledAndSaysWhich() throws Exception {
		byte[] frame = Frames.request("echo", new byte[] { 1 });
		frame[0] = 9;

		byte[] answer = rawCall(frame);

		assertThat(Frames.kindOf(answer)).isEqualTo(Frames.Kind.NOT_CALLED);
		assertThat(Frames.messageOf(answer)).contains("version 9", "version 1");
	}

	@Test
	void bytesThatAreNoCallAreNotCalled() throws Exception {
		for (byte[] frame : new byte[][] { {}, { 1 }, { 1, 0 }, { 1, 40, 'a' } }) {
			assertThat(Frames.kindOf(rawCall(frame))).isEqualTo(Frames.Kind.NOT_CALLED);
		}
	}

	@Test
	void aCallWithoutADeadlineIsNotCalled() {
		byte[] answer = ClientCalls.blockingUnaryCall(this.raw, NodeService.CALL, CallOptions.DEFAULT,
				Frames.request("echo", new byte[0]));

		assertThat(Frames.kindOf(answer)).isEqualTo(Frames.Kind.NOT_CALLED);
	}

	@Test
	void moreCallsThanThereArePlacesAreNotCalled() throws Exception {
		List<CompletableFuture<byte[]>> waiting = new ArrayList<>();
		GrpcTransport other = new GrpcTransport(SMALL, null);
		for (int i = 0; i < SMALL.calls(); i++) {
			waiting.add(CompletableFuture.supplyAsync(() -> {
				try {
					return other.call(this.address, "wait", new byte[] { 1 }, Duration.ofSeconds(9));
				}
				catch (TransportException ex) {
					throw new IllegalStateException(ex);
				}
			}, (task) -> Thread.ofVirtual().start(task)));
		}
		await().until(() -> this.node.load().freePlaces() == 0);

		TransportException failure = catchThrowableOfType(TransportException.class,
				() -> this.caller.call(this.address, "echo", new byte[0], PATIENCE));

		assertThat(failure.outcome()).isEqualTo(Outcome.NOT_CALLED);
		this.mayEnd.countDown();
		for (CompletableFuture<byte[]> call : waiting) {
			assertThat(call.get(10, TimeUnit.SECONDS)).containsExactly(1);
		}
		assertAnswersAndHoldsNothing();
		other.close();
	}

	@Test
	void answersThatAreNotReadFillTheirBoundAndEndWithTheirDeadline() throws Exception {
		byte[] request = Frames.request("echo", new byte[FRAME / 2]);
		for (int i = 0; i < 3; i++) {
			ClientCall<byte[], byte[]> call = this.raw.newCall(NodeService.CALL,
					CallOptions.DEFAULT.withDeadlineAfter(2, TimeUnit.SECONDS));
			call.start(new ClientCall.Listener<>() {
			}, new Metadata());
			call.sendMessage(request);
			call.halfClose();
		}
		await().until(() -> this.node.load().heldBytes() > 2 * FRAME);

		TransportException failure = catchThrowableOfType(TransportException.class,
				() -> this.caller.call(this.address, "echo", new byte[1], PATIENCE));
		assertThat(failure).hasMessageContaining("no more now");
		await().atMost(10, TimeUnit.SECONDS).until(() -> this.node.load().heldBytes() == 0);
		assertAnswersAndHoldsNothing();
	}

	@Test
	void connectionsThatDoNothingAreClosed() throws Exception {
		try (Socket silent = new Socket(InetAddress.getLoopbackAddress(), this.port)) {
			assertThat(endOf(silent)).isTrue();
		}
		assertAnswersAndHoldsNothing();
	}

	@Test
	void moreConnectionsThanTheLimitAreClosedAndThenThereIsRoomAgain() throws Exception {
		List<Socket> flood = new ArrayList<>();
		for (int i = 0; i < 40; i++) {
			flood.add(new Socket(InetAddress.getLoopbackAddress(), this.port));
		}

		// All end: those above the limit as they are accepted, the others as idle.
		for (Socket socket : flood) {
			assertThat(endOf(socket)).isTrue();
			socket.close();
		}
		assertAnswersAndHoldsNothing();
	}

	private void assertAnswersAndHoldsNothing() throws Exception {
		assertThat(this.caller.call(this.address, "echo", new byte[] { 5 }, PATIENCE)).containsExactly(5);
		await().until(() -> this.node.load().equals(new GrpcTransport.Load(0, SMALL.calls())));
	}

	private byte[] rawCall(byte[] frame) {
		return ClientCalls.blockingUnaryCall(this.raw, NodeService.CALL,
				CallOptions.DEFAULT.withDeadlineAfter(9, TimeUnit.SECONDS), frame);
	}

	private Status.Code rawStatus(byte[] frame) {
		return catchThrowableOfType(StatusRuntimeException.class, () -> rawCall(frame)).getStatus().getCode();
	}

	private static boolean endOf(Socket socket) throws IOException {
		socket.setSoTimeout(10_000);
		try {
			socket.getInputStream().transferTo(OutputStream.nullOutputStream());
			return true;
		}
		catch (SocketException ex) {
			return true;
		}
	}

}

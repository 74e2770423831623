package io.kraft.cluster.transport;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.kraft.cluster.transport.Transport.Outcome;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * What callers rely on, whatever carries the calls.
 */
public abstract class TransportContract {

	protected static final Duration PATIENCE = Duration.ofSeconds(20);

	private Node caller;

	private Node called;

	/**
	 * A node that calls others and is called by them, of the same network for each test.
	 */
	protected abstract Node start() throws Exception;

	@BeforeEach
	void startNodes() throws Exception {
		this.caller = start();
		this.called = start();
	}

	@AfterEach
	void stopNodes() {
		this.caller.transport().close();
		this.called.transport().close();
	}

	@Test
	void theHandlerOfTheMethodAnswers() throws Exception {
		serve("turn", (request, remaining) -> (new String(request, UTF_8) + " turned").getBytes(UTF_8));
		serve("other", (request, remaining) -> new byte[] { 1 });

		assertThat(call("turn", "left".getBytes(UTF_8))).asString(UTF_8).isEqualTo("left turned");
		assertThat(call("other", new byte[0])).containsExactly(1);
	}

	@Test
	void requestsAndAnswersMayBeEmpty() throws Exception {
		serve("echo", (request, remaining) -> request);

		assertThat(call("echo", new byte[0])).isEmpty();
	}

	@Test
	void aMegabyteArrivesAsItIs() throws Exception {
		serve("echo", (request, remaining) -> request);
		byte[] large = new byte[1 << 20];
		for (int i = 0; i < large.length; i++) {
			large[i] = (byte) (i * 31 + i / 255);
		}

		assertThat(call("echo", large)).isEqualTo(large);
	}

	@Test
	void aNodeCallsItself() throws Exception {
		serve("echo", (request, remaining) -> request);

		byte[] answer = this.called.transport().call(this.called.address(), "echo", new byte[] { 7 }, PATIENCE);

		assertThat(answer).containsExactly(7);
	}

	@Test
	void callsInParallelAreHandledInParallelAndOnceEach() throws Exception {
		int count = 200;
		CountDownLatch allThere = new CountDownLatch(count);
		AtomicInteger[] handled = new AtomicInteger[count];
		Arrays.setAll(handled, (i) -> new AtomicInteger());
		serve("meet", (request, remaining) -> {
			handled[request[0] & 0xFF].incrementAndGet();
			allThere.countDown();
			await(allThere);
			return request;
		});

		try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
			List<Callable<byte[]>> calls = IntStream.range(0, count)
				.<Callable<byte[]>>mapToObj((i) -> () -> call("meet", new byte[] { (byte) i }))
				.toList();
			List<Future<byte[]>> answers = callers.invokeAll(calls);
			for (int i = 0; i < count; i++) {
				assertThat(answers.get(i).get()).containsExactly((byte) i);
			}
		}

		assertThat(handled).extracting(AtomicInteger::get).containsOnly(1);
	}

	@Test
	void aHandlerRunsOnAVirtualThreadAndKnowsHowLongTheCallerWaits() throws Exception {
		AtomicReference<Duration> remaining = new AtomicReference<>();
		AtomicReference<Thread> thread = new AtomicReference<>();
		serve("look", (request, left) -> {
			remaining.set(left);
			thread.set(Thread.currentThread());
			return request;
		});

		call("look", new byte[0]);

		assertThat(thread.get().isVirtual()).isTrue();
		assertThat(remaining.get()).isPositive().isLessThanOrEqualTo(PATIENCE);
	}

	@Test
	void aRefusalArrivesWithItsMessage() {
		serve("refuse", (request, remaining) -> {
			throw new IllegalArgumentException("KRAFT-3001: no run 'é' here");
		});

		TransportException failure = failureOf("refuse", PATIENCE);

		assertThat(failure.outcome()).isEqualTo(Outcome.REFUSED);
		assertThat(failure).hasMessageContaining("KRAFT-3001: no run 'é' here").hasMessageContaining("'refuse'");
	}

	@Test
	void anErrorOfAHandlerMayHaveHadAnEffect() {
		serve("fail", (request, remaining) -> {
			throw new StackOverflowError("deep");
		});

		assertThat(failureOf("fail", PATIENCE).outcome()).isEqualTo(Outcome.UNKNOWN);
	}

	@Test
	void aMethodWithoutAHandlerIsNotCalled() {
		assertThat(failureOf("missing", PATIENCE).outcome()).isEqualTo(Outcome.NOT_CALLED);
	}

	@Test
	void aMethodHasOneHandler() throws Exception {
		serve("echo", (request, remaining) -> request);

		assertThatIllegalStateException().isThrownBy(() -> serve("echo", (request, remaining) -> new byte[0]));
		assertThat(call("echo", new byte[] { 1 })).containsExactly(1);
	}

	@Test
	void anAnswerThatDoesNotComeInTimeLeavesTheCallUnknown() throws Exception {
		CountDownLatch entered = new CountDownLatch(1);
		CountDownLatch mayEnd = new CountDownLatch(1);
		serve("wait", (request, remaining) -> {
			entered.countDown();
			await(mayEnd);
			return request;
		});

		TransportException failure = failureOf("wait", Duration.ofMillis(700));

		assertThat(failure.outcome()).isEqualTo(Outcome.UNKNOWN);
		assertThat(entered.await(10, TimeUnit.SECONDS)).isTrue();
		mayEnd.countDown();
	}

	@Test
	void withoutTimeNothingIsCalled() {
		serve("echo", (request, remaining) -> request);

		assertThat(failureOf("echo", Duration.ZERO).outcome()).isEqualTo(Outcome.NOT_CALLED);
	}

	@Test
	void anInterruptEndsTheWaitAndLeavesTheThreadInterrupted() throws Exception {
		CountDownLatch entered = new CountDownLatch(1);
		CountDownLatch mayEnd = new CountDownLatch(1);
		serve("wait", (request, remaining) -> {
			entered.countDown();
			await(mayEnd);
			return request;
		});
		CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
		CompletableFuture<Outcome> outcome = new CompletableFuture<>();
		Thread thread = Thread.ofVirtual().start(() -> {
			outcome.complete(failureOf("wait", PATIENCE).outcome());
			interrupted.complete(Thread.currentThread().isInterrupted());
		});
		assertThat(entered.await(10, TimeUnit.SECONDS)).isTrue();

		thread.interrupt();

		assertThat(outcome.get(5, TimeUnit.SECONDS)).isEqualTo(Outcome.UNKNOWN);
		assertThat(interrupted.get(5, TimeUnit.SECONDS)).isTrue();
		mayEnd.countDown();
	}

	@Test
	void aClosedTransportCallsNobody() {
		AtomicInteger handled = new AtomicInteger();
		serve("count", (request, remaining) -> new byte[] { (byte) handled.incrementAndGet() });

		this.caller.transport().close();
		this.caller.transport().close();

		assertThat(failureOf("count", PATIENCE).outcome()).isEqualTo(Outcome.NOT_CALLED);
		assertThat(handled).hasValue(0);
	}

	@Test
	void aClosedNodeAnswersNoCall() throws Exception {
		AtomicInteger handled = new AtomicInteger();
		serve("count", (request, remaining) -> new byte[] { (byte) handled.incrementAndGet() });
		call("count", new byte[0]);

		this.called.transport().close();

		assertThat(failureOf("count", PATIENCE).outcome()).isNotEqualTo(Outcome.REFUSED);
		assertThat(handled).hasValue(1);
	}

	@Test
	void callsUnderWayFailWhenTheCalledNodeStops() throws Exception {
		CountDownLatch entered = new CountDownLatch(1);
		serve("wait", (request, remaining) -> {
			entered.countDown();
			await(new CountDownLatch(1));
			return request;
		});
		CompletableFuture<Outcome> outcome = CompletableFuture.supplyAsync(() -> failureOf("wait", PATIENCE).outcome());
		assertThat(entered.await(10, TimeUnit.SECONDS)).isTrue();

		this.called.transport().close();

		assertThat(outcome.get(10, TimeUnit.SECONDS)).isEqualTo(Outcome.UNKNOWN);
	}

	@Test
	void callsUnderWayFailWhenTheCallerStops() throws Exception {
		CountDownLatch entered = new CountDownLatch(1);
		CountDownLatch mayEnd = new CountDownLatch(1);
		serve("wait", (request, remaining) -> {
			entered.countDown();
			await(mayEnd);
			return request;
		});
		CompletableFuture<Outcome> outcome = CompletableFuture.supplyAsync(() -> failureOf("wait", PATIENCE).outcome());
		assertThat(entered.await(10, TimeUnit.SECONDS)).isTrue();

		this.caller.transport().close();

		assertThat(outcome.get(10, TimeUnit.SECONDS)).isEqualTo(Outcome.UNKNOWN);
		mayEnd.countDown();
	}

	private void serve(String method, RequestHandler handler) {
		this.called.transport().serve(method, handler);
	}

	private byte[] call(String method, byte[] request) throws TransportException {
		return this.caller.transport().call(this.called.address(), method, request, PATIENCE);
	}

	private TransportException failureOf(String method, Duration patience) {
		return catchThrowableOfType(TransportException.class,
				() -> this.caller.transport().call(this.called.address(), method, new byte[] { 1 }, patience));
	}

	/**
	 * Waits in a handler, until the latch is open or the handler is interrupted.
	 */
	protected static void await(CountDownLatch latch) {
		try {
			if (!latch.await(30, TimeUnit.SECONDS)) {
				throw new IllegalStateException("The test did not end the wait");
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * A node under test.
	 *
	 * @param transport of the node
	 * @param address at which others reach it
	 */
	public record Node(Transport transport, Address address) {
	}

}

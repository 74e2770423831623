package io.kraft.cluster.transport;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import io.kraft.cluster.transport.Transport.Outcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * The network of tests does what a real one may do, and only that.
 */
class MemoryNetworkTests {

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private final MemoryNetwork network = new MemoryNetwork(7);

	private final Address a = new Address("a", 1);

	private final Address b = new Address("b", 1);

	private final Transport one = this.network.open(this.a);

	private final Transport other = this.network.open(this.b);

	@AfterEach
	void close() {
		this.one.close();
		this.other.close();
	}

	private void fails(Outcome outcome, Duration patience) {
		assertThatThrownBy(() -> this.one.call(this.b, "m", new byte[] { 1 }, patience))
			.isInstanceOfSatisfying(TransportException.class, (ex) -> assertThat(ex.outcome()).isEqualTo(outcome));
	}

	@Test
	void aCallIsAnsweredByTheHandlerOfItsMethod() throws TransportException {
		this.other.serve("m", (request, remaining) -> new byte[] { (byte) (request[0] + 1) });

		assertThat(this.one.call(this.b, "m", new byte[] { 1 }, PATIENCE)).containsExactly(2);
		assertThatThrownBy(() -> this.other.serve("m", (request, remaining) -> request))
			.isInstanceOf(IllegalStateException.class);
	}

	@Test
	void whereNothingAnswersNothingWasCalled() {
		fails(Outcome.NOT_CALLED, PATIENCE);
		this.other.close();
		fails(Outcome.NOT_CALLED, PATIENCE);
	}

	@Test
	void aHandlerThatThrowsRefuses() {
		this.other.serve("m", (request, remaining) -> {
			throw new IllegalArgumentException("not that");
		});

		fails(Outcome.REFUSED, PATIENCE);
	}

	@Test
	void aLateAnswerIsUnknown() {
		CountDownLatch never = new CountDownLatch(1);
		this.other.serve("m", (request, remaining) -> {
			try {
				never.await();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			return request;
		});

		fails(Outcome.UNKNOWN, Duration.ofMillis(20));
		never.countDown();
	}

	@Test
	void anInterruptEndsTheWait() {
		CountDownLatch never = new CountDownLatch(1);
		this.other.serve("m", (request, remaining) -> {
			try {
				never.await();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			return request;
		});
		Thread.currentThread().interrupt();
		fails(Outcome.UNKNOWN, PATIENCE);

		assertThat(Thread.interrupted()).isTrue();
		never.countDown();
	}

	@Test
	void whatGetsLostIsUnknownAndMayHaveBeenHandled() {
		AtomicInteger handled = new AtomicInteger();
		this.other.serve("m", (request, remaining) -> {
			handled.incrementAndGet();
			return request;
		});
		this.network.cut(this.a, this.b, true);
		fails(Outcome.UNKNOWN, PATIENCE);
		assertThat(handled).hasValue(0);
		this.network.cut(this.a, this.b, false);
		this.network.cut(this.b, this.a, true);
		fails(Outcome.UNKNOWN, PATIENCE);
		assertThat(handled).hasValue(1);
	}

}

package io.kraft.cluster.ownership;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import io.kraft.cluster.replication.EntryResult;
import io.kraft.cluster.replication.Leadership;
import io.kraft.cluster.replication.Peer;
import io.kraft.cluster.replication.ReplicatedLog;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LeaseGuardTests {

	private final AtomicLong now = new AtomicLong(1_000_000_000);

	private final Deque<CompletableFuture<Boolean>> answers = new ArrayDeque<>();

	private final AtomicInteger requests = new AtomicInteger();

	private final AtomicInteger lost = new AtomicInteger();

	/** How long each answer takes. */
	private long takes;

	private final LeaseGuard guard = new LeaseGuard(new Answering(), 7, this.now::get, this.lost::incrementAndGet);

	@Test
	void isHeldForAMomentAfterTheLogHasConfirmedIt() {
		answer(true);
		assertThat(this.guard.isHeld()).isTrue();
		move(99);

		assertThat(this.guard.isHeld()).isTrue();
		assertThat(this.requests).hasValue(1);
		move(1);
		answer(true);
		assertThat(this.guard.isHeld()).isTrue();
		assertThat(this.requests).hasValue(2);
		assertThat(this.lost).hasValue(0);
	}

	@Test
	void countsFromTheRequestAndNotFromItsAnswer() {
		this.takes = 60;
		answer(true);
		assertThat(this.guard.isHeld()).isTrue();
		move(39);
		assertThat(this.guard.isHeld()).isTrue();
		assertThat(this.requests).hasValue(1);
		move(1);
		this.takes = 0;
		answer(false);

		assertThat(this.guard.isHeld()).isFalse();
		assertThat(this.requests).hasValue(2);
	}

	@Test
	void anAnswerThatTookTooLongSaysNothingAndIsAskedForAgain() {
		this.takes = 100;
		answer(true);
		answer(true);
		this.answers.add(CompletableFuture.completedFuture(false));

		assertThat(this.guard.isHeld()).isFalse();
		assertThat(this.requests).hasValue(3);
	}

	@Test
	void isNotHeldWhereTheLogDoesNotConfirmItAndReportsThat() {
		answer(false);

		assertThat(this.guard.isHeld()).isFalse();
		assertThat(this.lost).hasValue(1);
	}

	@Test
	void isNotHeldWhenTheLogFails() {
		this.answers.add(CompletableFuture.failedFuture(new IllegalStateException("closed")));

		assertThat(this.guard.isHeld()).isFalse();
		assertThat(this.lost).hasValue(1);
	}

	@Test
	void isAskedAgainWhenItIsInDoubt() {
		answer(true);
		assertThat(this.guard.isHeld()).isTrue();

		this.guard.doubt();

		answer(false);
		assertThat(this.guard.isHeld()).isFalse();
	}

	@Test
	void isNeverHeldAgainOnceItHasEnded() {
		answer(true);
		assertThat(this.guard.isHeld()).isTrue();

		this.guard.end();

		answer(true);
		assertThat(this.guard.isHeld()).isFalse();
		assertThat(this.requests).hasValue(1);
	}

	private void answer(boolean confirmed) {
		this.answers.add(CompletableFuture.completedFuture(confirmed));
	}

	private void move(long millis) {
		this.now.addAndGet(Duration.ofMillis(millis).toNanos());
	}

	private final class Answering implements ReplicatedLog {

		@Override
		public CompletionStage<Boolean> confirm(long term) {
			assertThat(term).isEqualTo(7);
			LeaseGuardTests.this.requests.incrementAndGet();
			move(LeaseGuardTests.this.takes);
			return LeaseGuardTests.this.answers.remove();
		}

		@Override
		public CompletionStage<EntryResult> propose(byte[] entry) {
			throw new UnsupportedOperationException();
		}

		@Override
		public Leadership leadership() {
			throw new UnsupportedOperationException();
		}

		@Override
		public CompletionStage<Void> transferTo(Peer peer) {
			throw new UnsupportedOperationException();
		}

		@Override
		public CompletionStage<Void> changePeers(Set<Peer> from, Set<Peer> to) {
			throw new UnsupportedOperationException();
		}

		@Override
		public CompletionStage<Void> snapshot() {
			throw new UnsupportedOperationException();
		}

	}

}

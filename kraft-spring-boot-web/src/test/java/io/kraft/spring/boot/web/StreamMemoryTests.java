package io.kraft.spring.boot.web;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class StreamMemoryTests {

	private final AtomicLong nanos = new AtomicLong();

	private final List<String> dropped = new ArrayList<>();

	private final StreamMemory memory = new StreamMemory(1000, this.nanos::get);

	@Test
	void whatIsHeldIsBoundedAndGivenBackOnce() {
		StreamMemory.Share first = sending("first", 600);
		StreamMemory.Share second = this.memory.open();

		assertThat(second.tryHold(500)).isFalse();
		assertThat(second.hasRoom(500)).isFalse();
		assertThat(second.tryHold(400)).isTrue();
		assertThat(this.memory.held()).isEqualTo(1000);

		first.giveBack(600);
		first.close();
		second.close();
		second.close();
		assertThat(this.memory.held()).isZero();
	}

	@Test
	void theReadersThatHaveNotReadForTheLongestTimeAreDroppedAsManyAsItTakes() {
		StreamMemory.Share slowest = sending("slowest", 300);
		this.nanos.addAndGet(1);
		sending("slow", 300);
		this.nanos.addAndGet(StreamMemory.PATIENCE_NANOS);
		sending("fast", 400);
		this.nanos.addAndGet(StreamMemory.PATIENCE_NANOS / 10);

		assertThat(this.memory.open().tryHold(200)).isFalse();

		assertThat(this.dropped).containsExactly("slowest");
		assertThat(slowest.isDropped()).isTrue();
		slowest.close();
		assertThat(this.memory.open().tryHold(200)).isTrue();
		this.nanos.addAndGet(StreamMemory.PATIENCE_NANOS / 10);
		assertThat(this.memory.open().hasRoom(400)).isFalse();
		assertThat(this.dropped).containsExactly("slowest", "slow");
	}

	@Test
	void noReaderIsDroppedForBeingSlowWhileThereIsRoomOrForHavingNothingToRead() {
		sending("slow", 900);
		StreamMemory.Share idle = sending("idle", 100);
		idle.sent();
		this.nanos.addAndGet(StreamMemory.PATIENCE_NANOS * 2);

		idle.giveBack(100);
		assertThat(this.memory.open().tryHold(100)).isTrue();
		assertThat(this.dropped).isEmpty();

		assertThat(this.memory.open().tryHold(100)).isFalse();
		assertThat(this.dropped).containsExactly("slow");
	}

	@Test
	void whatIsLargerThanAllMayHoldIsHeldAlone() {
		StreamMemory.Share huge = this.memory.open();

		assertThat(huge.tryHold(5000)).isTrue();
		assertThat(this.memory.held()).isEqualTo(1000);
		assertThat(this.memory.open().tryHold(1)).isFalse();
		huge.giveBack(5000);
		assertThat(this.memory.held()).isZero();
	}

	@Test
	void aShareThatIsClosedHoldsNothingAnyMore() {
		StreamMemory.Share share = this.memory.open();
		share.close();

		share.tryHold(100);

		assertThat(this.memory.held()).isZero();
	}

	private StreamMemory.Share sending(String name, long bytes) {
		StreamMemory.Share share = this.memory.open();
		share.onDrop(() -> this.dropped.add(name));
		assertThat(share.tryHold(bytes)).isTrue();
		share.sending();
		return share;
	}

}

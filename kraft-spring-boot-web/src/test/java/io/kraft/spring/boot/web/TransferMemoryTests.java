package io.kraft.spring.boot.web;

import io.kraft.spring.boot.web.TransferMemory.Transfer;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class TransferMemoryTests {

	private static final Caller ADA = new Caller(null, "10.0.0.1", false, () -> false);

	private static final Caller BOB = new Caller(null, "10.0.0.2", false, () -> false);

	private final TransferMemory memory = TransferMemory.ofBodies();

	/** Of a transfer that takes a quarter, as each byte is held twice. */
	private final long quarter = this.memory.limit() / 8;

	@Test
	void whatIsSmallIsNotCounted() {
		Transfer transfer = this.memory.begin(ADA);

		transfer.take(TransferMemory.SMALL);

		assertThat(transfer.isLarge()).isFalse();
		assertThat(this.memory.held()).isZero();
	}

	@Test
	void whatGrowsIsCountedAsAWhole() {
		Transfer transfer = this.memory.begin(ADA);

		transfer.take(TransferMemory.SMALL);
		transfer.take(1);

		assertThat(transfer.isLarge()).isTrue();
		assertThat(this.memory.held()).isEqualTo(2 * (TransferMemory.SMALL + 1));
	}

	@Test
	void oneCallerLeavesRoomForOthers() {
		Transfer first = this.memory.begin(ADA);
		first.take(this.quarter);

		assertThatExceptionOfType(RequestRefusedException.class)
			.isThrownBy(() -> this.memory.begin(ADA).take(2 * TransferMemory.SMALL))
			.withMessageContaining("KRAFT-6007");
		this.memory.begin(BOB).take(this.quarter);

		first.close();
		this.memory.begin(ADA).take(this.quarter);
	}

	@Test
	void allTogetherHoldNoMoreThanTheLimit() {
		for (int i = 0; i < 4; i++) {
			this.memory.begin(new Caller(null, "10.0.1." + i, false, () -> false)).take(this.quarter);
		}

		assertThatExceptionOfType(RequestRefusedException.class)
			.isThrownBy(() -> this.memory.begin(ADA).take(2 * TransferMemory.SMALL));
		this.memory.begin(ADA).take(TransferMemory.SMALL);
		assertThat(this.memory.held()).isLessThanOrEqualTo(this.memory.limit());
	}

	@Test
	void whatIsLargerThanAllMayHoldIsHeldAlone() {
		Transfer huge = this.memory.begin(ADA);

		huge.take(this.memory.limit());

		assertThatExceptionOfType(RequestRefusedException.class)
			.isThrownBy(() -> this.memory.begin(BOB).take(2 * TransferMemory.SMALL));
		huge.close();
		assertThat(this.memory.held()).isZero();
	}

	@Test
	void whatIsOverIsNotCountedAnyMore() {
		Transfer transfer = this.memory.begin(ADA);
		transfer.take(this.quarter);

		transfer.close();
		transfer.close();
		transfer.take(this.quarter);

		assertThat(this.memory.held()).isZero();
	}

}

package io.kraft.engine.store.kv;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class EmptyRangesTests {

	private static final Keyspace SPACE = Keyspace.TIMERS;

	private final EmptyRanges empty = new EmptyRanges();

	@Test
	void remembersWhatAReaderHasFoundEmpty() {
		found(10, 50);
		found(50, 60);
		found(70, 80);

		assertThat(endAfter(10)).isEqualTo(key(60));
		assertThat(endAfter(59)).isEqualTo(key(60));
		assertThat(endAfter(60)).isNull();
		assertThat(endAfter(9)).isNull();
		assertThat(startBefore(60)).isEqualTo(key(10));
		assertThat(startBefore(11)).isEqualTo(key(10));
		assertThat(startBefore(10)).isNull();
		assertThat(startBefore(61)).isNull();

		found(55, 75);

		assertThat(endAfter(10)).isEqualTo(key(80));
	}

	@Test
	void aKeyThatIsPutIsNoLongerSkipped() {
		found(10, 50);

		put(20);

		assertThat(endAfter(10)).isEqualTo(key(20));
		assertThat(endAfter(20)).isNull();
		assertThat(endAfter(21)).isEqualTo(key(50));
	}

	@Test
	void aKeyThatWasOnItsWayWhenTheReaderBeganIsNotRememberedAsMissing() {
		this.empty.begin(List.of(new EmptyRanges.Put(SPACE, key(20))));

		found(10, 50);
		this.empty.end();

		assertThat(endAfter(20)).isNull();
		assertThat(endAfter(10)).isEqualTo(key(20));
	}

	@Test
	void aKeyThatIsPutWhileTheReaderWalksIsNotRememberedAsMissing() {
		try (EmptyRanges.View view = this.empty.view()) {
			view.freeze();
			put(20);
			view.found(SPACE, key(10), key(50));
		}

		assertThat(endAfter(20)).isNull();
	}

	@Test
	void aKeyThatIsPutBeforeTheSnapshotIsNotSkippedInIt() {
		found(10, 50);
		try (EmptyRanges.View view = this.empty.view()) {
			put(20);
			view.freeze();

			assertThat(view.endAfter(SPACE, key(20))).isNull();
			assertThat(view.endAfter(SPACE, key(10))).isEqualTo(key(20));
		}
	}

	@Test
	void whatIsFoundEmptyLaterIsNotSkippedInAnEarlierSnapshot() {
		try (EmptyRanges.View earlier = this.empty.view()) {
			earlier.freeze();
			found(10, 50);

			assertThat(earlier.endAfter(SPACE, key(10))).isNull();
		}
	}

	@Test
	void forgetsSomeRatherThanToGrow() {
		for (int i = 0; i < 10_000; i++) {
			found(10L * i, 10L * i + 5);
		}

		long known = 0;
		for (int i = 0; i < 10_000; i++) {
			known += (endAfter(10L * i) != null) ? 1 : 0;
		}
		assertThat(known).isBetween(100L, 300L);
	}

	private void found(long from, long to) {
		try (EmptyRanges.View view = this.empty.view()) {
			view.freeze();
			view.found(SPACE, key(from), key(to));
		}
	}

	private void put(long key) {
		this.empty.begin(List.of(new EmptyRanges.Put(SPACE, key(key))));
		this.empty.end();
	}

	private byte[] endAfter(long key) {
		try (EmptyRanges.View view = this.empty.view()) {
			view.freeze();
			return view.endAfter(SPACE, key(key));
		}
	}

	private byte[] startBefore(long key) {
		try (EmptyRanges.View view = this.empty.view()) {
			view.freeze();
			return view.startBefore(SPACE, key(key));
		}
	}

	private static byte[] key(long number) {
		return Keys.number(10_000 * number);
	}

}

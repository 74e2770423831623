package io.kraft.engine.message.channel;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

import io.kraft.client.OverloadedException;
import io.kraft.engine.message.channel.Channel.Next;
import io.kraft.engine.store.ChannelContract;
import io.kraft.engine.store.ChannelMark;
import io.kraft.engine.store.ChannelOrderException;
import io.kraft.engine.store.OutboxEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ChannelTests {

	private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

	private static final long LAST = 10;

	private final Channel channel = new Channel(7, new ChannelMark(LAST, 4));

	@Test
	void hasNothingToSendWhereAllWasRemoved() {
		assertThat(new Channel(7, ChannelMark.NEW).next(NOON)).isEqualTo(new Next.Nothing());
		assertThat(new Channel(7, new ChannelMark(10, 10)).next(NOON)).isEqualTo(new Next.Nothing());
	}

	@Test
	void sendsAgainWhatAFormerOwnerHasNotRemoved() {
		assertThat(this.channel.next(NOON)).isEqualTo(new Next.Send(4, LAST));
		assertThat(this.channel.waiting()).isEqualTo(6);
	}

	@Test
	void hasOneBatchUnderWay() {
		this.channel.begin(entries(5, 6));
		this.channel.committed(new ChannelMark(11, 4));
		assertThat(this.channel.next(NOON)).isEqualTo(new Next.Nothing());

		assertThat(this.channel.answered(6, NOON)).isEqualTo(6);

		assertThat(this.channel.next(NOON)).as("although 5 and 6 are not removed yet")
			.isEqualTo(new Next.Send(6, LAST + 1));
	}

	@ParameterizedTest
	@CsvSource({ // taken, removed, next
			"5, 5, 5", // a part of it
			"6, 6, 6", // all of it
			"8, 8, 8", // and what a former owner has sent
			"10, 10, 0", // all there is
	})
	void continuesBehindWhatWasTaken(long taken, long removed, long next) {
		this.channel.begin(entries(5, 6));

		assertThat(this.channel.answered(taken, NOON)).isEqualTo(removed);
		assertThat(this.channel.next(NOON)).isEqualTo((next != 0) ? new Next.Send(next, LAST) : new Next.Nothing());
		assertThat(this.channel.alarm()).isNull();
	}

	@ParameterizedTest
	@CsvSource({ "3, was restored without the sender", "0, is empty", "11, has rows that the sender never gave" })
	void standsStillWhereTheReceiver(long taken, String reason) {
		this.channel.begin(entries(5, 6));

		assertThat(this.channel.answered(taken, NOON)).isZero();

		assertThat(this.channel.alarm()).isInstanceOf(ChannelOrderException.class)
			.hasMessageContaining("KRAFT-4016: the channel to partition 7")
			.hasMessageContaining("up to one of 4 to 10")
			.hasMessageContaining("row " + taken);
		assertThat(this.channel.next(NOON)).isEqualTo(new Next.Later(NOON.plusSeconds(1)));
		assertThat(this.channel.next(NOON.plusSeconds(1))).as("it tries again").isEqualTo(new Next.Send(4, LAST));
		this.channel.begin(entries(5, 6));
		this.channel.answered(5, NOON);
		assertThat(this.channel.alarm()).isNull();
	}

	@Test
	void backsOffUpToASecondAndBeginsAnewAfterProgress() {
		List<Long> delays = new ArrayList<>();
		Instant now = NOON;
		for (int i = 0; i < 7; i++) {
			this.channel.begin(entries(5, 6));
			if (i % 2 == 0) {
				this.channel.failed(now);
			}
			else {
				assertThat(this.channel.answered(4, now)).as("nothing was taken").isZero();
			}
			Instant next = ((Next.Later) this.channel.next(now)).at();
			delays.add(Duration.between(now, next).toMillis());
			now = next;
			assertThat(this.channel.next(now)).isEqualTo(new Next.Send(4, LAST));
		}
		assertThat(delays).containsExactly(50L, 100L, 200L, 400L, 800L, 1000L, 1000L);
		assertThat(this.channel.alarm()).isNull();

		this.channel.begin(entries(5, 5));
		this.channel.answered(5, now);
		assertThat(this.channel.next(now)).isEqualTo(new Next.Send(5, LAST));
		this.channel.failed(now);
		assertThat(this.channel.next(now)).isEqualTo(new Next.Later(now.plusMillis(50)));
	}

	@Test
	void raisesAnAlarmForWhatTheReceiverCannotTake() {
		OverloadedException cause = new OverloadedException("a cause");
		this.channel.begin(entries(5, 6));

		this.channel.stopped(cause, NOON);

		assertThat(this.channel.alarm()).isSameAs(cause);
		assertThat(this.channel.next(NOON)).isEqualTo(new Next.Later(NOON.plusSeconds(1)));
	}

	@Test
	void sendsNothingWhereRowsAreMissing() {
		assertThatExceptionOfType(ChannelOrderException.class).isThrownBy(() -> this.channel.begin(entries(6, 7)))
			.withMessageContaining("expected is row 5, but found is row 6");
		assertThatExceptionOfType(ChannelOrderException.class).isThrownBy(() -> this.channel.begin(entries(4, 7)));
		assertThatExceptionOfType(ChannelOrderException.class).isThrownBy(() -> this.channel.begin(List.of()));
		assertThatExceptionOfType(ChannelOrderException.class)
			.isThrownBy(() -> this.channel.begin(List.of(entry(5), entry(7))));
		assertThat(this.channel.next(NOON)).isEqualTo(new Next.Send(4, LAST));
	}

	@Test
	void neverGoesBack() {
		this.channel.committed(new ChannelMark(12, 6));
		this.channel.committed(new ChannelMark(11, 5));

		assertThat(this.channel.waiting()).isEqualTo(6);
	}

	private static List<OutboxEntry> entries(long first, long last) {
		return LongStream.rangeClosed(first, last).mapToObj(ChannelTests::entry).toList();
	}

	private static OutboxEntry entry(long sequence) {
		return new OutboxEntry(sequence, ChannelContract.signal("r" + sequence, "v"));
	}

}

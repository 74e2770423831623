package io.kraft.engine.control;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.kraft.engine.partition.Partition;
import io.kraft.engine.store.AnsweredRequest;
import io.kraft.engine.store.Change;
import io.kraft.engine.store.memory.MemoryMedium;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class RequestSweepTests {

	private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

	private final Partition partition = Partition.open(new MemoryMedium().open(), (batch) -> {
	}, (failure) -> {
	});

	private final RequestSweep sweep = new RequestSweep(this.partition, Duration.ofSeconds(10));

	@AfterEach
	void close() {
		this.partition.close();
	}

	@Test
	void forgetsAnAnswerAfterFourTimesTheTimeOut() {
		answer("r", NOON);

		assertThat(this.sweep.sweep(NOON.plusSeconds(40))).isFalse();
		assertThat(this.partition.store().answeredRequest("r")).isPresent();
		this.sweep.sweep(NOON.plusSeconds(40).plusMillis(1));

		assertThat(this.partition.store().answeredRequest("r")).isEmpty();
		assertThat(this.partition.store().check(10).findings()).isEmpty();
	}

	@Test
	void forgetsABoundedNumberAtATime() {
		IntStream.range(0, 1_200).forEach((number) -> answer("r" + number, NOON.plusMillis(number)));
		Instant later = NOON.plusSeconds(60);

		assertThat(this.sweep.sweep(later)).isTrue();
		assertThat(this.partition.store().answeredRequests(null, later, 2_000)).hasSize(700);
		assertThat(this.sweep.sweep(later)).isTrue();
		assertThat(this.sweep.sweep(later)).isFalse();
		assertThat(this.partition.store().answeredRequests(null, later, 1)).isEmpty();
	}

	@Test
	void forgetsWhatWasAnsweredAfterTheClockWasSetBack() {
		answer("late", NOON.plusSeconds(3600));
		this.sweep.sweep(NOON.plusSeconds(7200));
		answer("early", NOON);

		this.sweep.sweep(NOON.plusSeconds(60));

		assertThat(this.partition.store().answeredRequest("early")).isEmpty();
	}

	private void answer(String id, Instant at) {
		this.partition.submit(List.of(new Change.RequestAnswered(new AnsweredRequest(id, "", at)))).await();
	}

}

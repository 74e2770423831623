package io.kraft.engine.store;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import io.kraft.engine.journal.Failure;
import io.kraft.engine.journal.Outcome;
import io.kraft.engine.journal.Payload;
import io.kraft.engine.store.Change.ChannelTaken;
import io.kraft.engine.store.Change.OutboxAdded;
import io.kraft.engine.store.Change.OutboxRemoved;
import io.kraft.engine.store.Change.RequestAnswered;
import io.kraft.engine.store.Change.RequestForgotten;
import io.kraft.engine.store.Change.RunChanged;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What every store promises about the channels to other partitions, and about requests of
 * other processes.
 */
public interface ChannelContract {

	Instant SENT_AT = Instant.parse("2026-11-20T12:00:00Z");

	Requester PARENT = new Requester("größe/1", 300, "2:3.1");

	/** The open store, whose owner has the epoch 1. */
	Store store();

	/** Closes it, and opens it again. */
	void reopen();

	/** Ends it as a crash would, and opens it again. */
	void crash();

	/** A row as its receiver would read it. */
	default OutboxRow readable(OutboxRow row) {
		return row;
	}

	@Test
	default void aNewStoreHasNoChannels() {
		assertThat(store().channels().sent()).isEmpty();
		assertThat(store().channels().sent(3)).isEqualTo(ChannelMark.NEW);
		assertThat(store().channels().taken(3)).isZero();
		assertThat(store().channels().rows(3, 0, 10, 1000)).isEmpty();
		assertThat(store().answeredRequest("r")).isEmpty();
		assertThat(store().answeredRequests(null, SENT_AT, 10)).isEmpty();
	}

	@Test
	default void keepsRowsOfEveryKind() {
		List<OutboxRow> rows = everyKind();
		commit(rows.stream().<Change>map((row) -> new OutboxAdded(1, row)).toList());

		assertThat(rows(1, 0)).isEqualTo(rows);
		reopen();
		assertThat(rows(1, 0)).isEqualTo(rows);
		assertThat(sequences(1, 0)).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L);
	}

	@Test
	default void givesTheSequencesOfEachChannelInTheOrderOfTheCommits() {
		commit(List.of(added(1, "a"), added(2, "b"), added(1, "c")));
		reopen();
		commit(List.of(added(0, "d"), added(2, "e"), added(1, "f")));

		assertThat(requests(1, 0)).containsExactly("a", "c", "f");
		assertThat(requests(2, 0)).containsExactly("b", "e");
		assertThat(requests(0, 0)).containsExactly("d");
		assertThat(sequences(1, 0)).containsExactly(1L, 2L, 3L);
		assertThat(store().channels().sent())
			.isEqualTo(Map.of(0, new ChannelMark(1, 0), 1, new ChannelMark(3, 0), 2, new ChannelMark(2, 0)));
	}

	@Test
	default void givesNoSequenceAgainWhoseRowWasRemoved() {
		commit(List.of(added(1, "a"), added(1, "b")));
		commit(List.of(new OutboxRemoved(1, 2)));
		assertThat(store().channels().sent(1)).isEqualTo(new ChannelMark(2, 2));
		assertThat(store().channels().sent(1).waiting()).isZero();
		reopen();
		assertThat(rows(1, 0)).isEmpty();

		commit(List.of(added(1, "c")));

		assertThat(sequences(1, 0)).containsExactly(3L);
		assertThat(requests(1, 0)).containsExactly("c");
	}

	@Test
	default void givesNoSequenceInACommitThatIsRefused() {
		commit(List.of(added(1, "a"), new ChannelTaken(5, 1)));

		assertThatExceptionOfType(ChannelOrderException.class)
			.isThrownBy(() -> commit(List.of(added(1, "b"), new OutboxRemoved(1, 1), new ChannelTaken(5, 3))));
		commit(List.of(added(1, "c"), new ChannelTaken(5, 2)));

		assertThat(requests(1, 0)).containsExactly("a", "c");
		assertThat(sequences(1, 0)).containsExactly(1L, 2L);
		assertThat(store().channels().taken(5)).isEqualTo(2);
	}

	@Test
	default void removesRowsInOrderAndAcceptsARepetition() {
		commit(IntStream.range(0, 5).<Change>mapToObj((row) -> added(1, "r" + row)).toList());

		commit(List.of(new OutboxRemoved(1, 3)));
		commit(List.of(new OutboxRemoved(1, 2), new OutboxRemoved(1, 3)));

		assertThat(requests(1, 0)).containsExactly("r3", "r4");
		assertThat(store().channels().sent(1)).isEqualTo(new ChannelMark(5, 3));
		assertThatExceptionOfType(ChannelOrderException.class)
			.isThrownBy(() -> commit(List.of(new OutboxRemoved(1, 6))))
			.withMessageStartingWith("KRAFT-4016: ")
			.withMessageContaining("to partition 1")
			.withMessageContaining("at most row 5");
		assertThatExceptionOfType(ChannelOrderException.class)
			.isThrownBy(() -> commit(List.of(new OutboxRemoved(9, 1))));
	}

	@Test
	default void removesManyRowsTogether() {
		commit(IntStream.range(0, 2_500).<Change>mapToObj((row) -> added(1, "r" + row)).toList());
		commit(List.of(added(2, "other"), new OutboxRemoved(1, 2_499)));

		assertThat(requests(1, 0)).containsExactly("r2499");
		reopen();
		assertThat(requests(1, 0)).containsExactly("r2499");
		assertThat(requests(2, 0)).containsExactly("other");
		assertThat(store().check(10).findings()).isEmpty();
	}

	@Test
	default void readsAsManyRowsAsFitButAlwaysOne() {
		String large = "x".repeat(100_000);
		commit(IntStream.range(0, 4).<Change>mapToObj((row) -> new OutboxAdded(1, signal("r" + row, large))).toList());

		Channels channels = store().channels();
		assertThat(channels.rows(1, 0, 256, 256 * 1024)).hasSize(2);
		assertThat(channels.rows(1, 0, 3, Integer.MAX_VALUE)).hasSize(3);
		assertThat(channels.rows(1, 0, 256, 1)).extracting(OutboxEntry::sequence).containsExactly(1L);
		assertThat(channels.rows(1, 2, 256, 1)).extracting(OutboxEntry::sequence).containsExactly(3L);
		assertThat(channels.rows(1, 4, 256, 1)).isEmpty();
	}

	@Test
	default void takesRowsInOrderAndRefusesGapsAndRepetitions() {
		commit(List.of(new ChannelTaken(5, 1), new ChannelTaken(5, 2), new ChannelTaken(6, 1)));
		reopen();
		commit(List.of(new ChannelTaken(5, 3)));

		for (long wrong : new long[] { 0, 2, 3, 5, Long.MAX_VALUE }) {
			assertThatExceptionOfType(ChannelOrderException.class)
				.isThrownBy(() -> commit(List.of(new RunChanged(null, run(1)), new ChannelTaken(5, wrong))))
				.withMessageStartingWith("KRAFT-4016: the channel from partition 5 is out of order: expected is row 4")
				.withMessageContaining("found is row " + wrong);
		}
		assertThat(store().channels().taken(5)).isEqualTo(3);
		assertThat(store().channels().taken(6)).isEqualTo(1);
		assertThat(store().run(1)).isEmpty();
	}

	@Test
	default void remembersTheAnswerOfARequestBesideItsEffect() {
		AnsweredRequest request = new AnsweredRequest("r\0ü", "order-1", SENT_AT);
		commit(List.of(new RunChanged(null, run(1)), new RequestAnswered(request)));

		assertThat(store().answeredRequest("r\0ü")).contains(request);
		assertThat(store().answeredRequest("r")).isEmpty();
		reopen();
		assertThat(store().answeredRequest("r\0ü")).contains(request);
	}

	@Test
	default void refusesTheSecondEffectOfARequest() {
		AnsweredRequest first = new AnsweredRequest("r", "1", SENT_AT);
		AnsweredRequest second = new AnsweredRequest("r", "2", SENT_AT.plusMillis(1));
		assertThatExceptionOfType(RepeatedRequestException.class)
			.isThrownBy(() -> commit(List.of(new RequestAnswered(first), new RequestAnswered(second))))
			.withMessageStartingWith("KRAFT-4017: ")
			.satisfies((refusal) -> assertThat(refusal.requestId()).isEqualTo("r"));
		assertThat(store().answeredRequest("r")).isEmpty();
		commit(List.of(new RequestAnswered(first)));
		reopen();

		assertThatExceptionOfType(RepeatedRequestException.class)
			.isThrownBy(() -> commit(List.of(new RunChanged(null, run(1)), new RequestAnswered(second))));

		assertThat(store().run(1)).isEmpty();
		assertThat(store().answeredRequest("r")).contains(first);
	}

	@Test
	default void findsOldRequestsInTheOrderOfTheirTimesAndForgetsThem() {
		List<AnsweredRequest> requests = LongStream.of(-5, 0, 1, 1000, 2000)
			.mapToObj((millis) -> new AnsweredRequest("r" + millis, "", Instant.ofEpochMilli(millis)))
			.toList();
		commit(requests.reversed().stream().<Change>map(RequestAnswered::new).toList());

		Instant before = Instant.ofEpochMilli(2000);
		assertThat(store().answeredRequests(null, before, 10)).isEqualTo(requests.subList(0, 4));
		assertThat(store().answeredRequests(null, before, 2)).isEqualTo(requests.subList(0, 2));
		assertThat(store().answeredRequests(requests.get(1), before, 2)).isEqualTo(requests.subList(2, 4));

		commit(List.of(new RequestForgotten(requests.get(0)), new RequestForgotten(requests.get(1))));
		reopen();

		assertThat(store().answeredRequests(null, before, 10)).isEqualTo(requests.subList(2, 4));
		assertThat(store().answeredRequest("r0")).isEmpty();
		commit(List.of(new RequestAnswered(requests.get(1))));
		assertThat(store().answeredRequest("r0")).isPresent();
		assertThat(store().check(10).findings()).isEmpty();
	}

	/** All that is committed, and nothing else, whenever it ends. */
	@Test
	default void losesAndInventsNothingWhereverItCrashes() {
		Random random = new Random(7);
		Map<Integer, List<String>> sent = new HashMap<>();
		Map<Integer, Integer> removed = new HashMap<>();
		Map<Integer, Long> taken = new HashMap<>();
		for (int number = 0; number < 60; number++) {
			List<Change> changes = new ArrayList<>();
			for (int change = random.nextInt(4); change >= 0; change--) {
				int partition = random.nextInt(3);
				List<String> rows = sent.computeIfAbsent(partition, (key) -> new ArrayList<>());
				switch (random.nextInt(4)) {
					case 0 -> {
						long next = taken.merge(partition, 1L, Long::sum);
						changes.add(new ChannelTaken(partition, next));
					}
					case 1 -> {
						int upTo = random.nextInt(rows.size() + 1);
						changes.add(new OutboxRemoved(partition, upTo));
						removed.merge(partition, upTo, Math::max);
					}
					default -> {
						String request = "r" + number + "-" + change;
						rows.add(request);
						changes.add(added(partition, request));
					}
				}
			}
			commit(changes);
			if (random.nextBoolean()) {
				crash();
			}
			sent.forEach((partition, rows) -> {
				int gone = removed.getOrDefault(partition, 0);
				assertThat(requests(partition, 0)).isEqualTo(rows.subList(gone, rows.size()));
				assertThat(store().channels().sent(partition)).isEqualTo(new ChannelMark(rows.size(), gone));
			});
			taken.forEach((partition, last) -> assertThat(store().channels().taken(partition)).isEqualTo(last));
		}
		assertThat(store().check(10).findings()).isEmpty();
	}

	/** One row of each kind, and one with a failure. */
	static List<OutboxRow> everyKind() {
		RunStart start = new RunStart("order", -3, null, payload("[1]"), null, Duration.ZERO, -5, Map.of(), Map.of());
		RunStart full = new RunStart("größe", 2, "Mailer.send", Payload.NULL, Duration.ofSeconds(5, 7),
				Duration.ofMillis(1), 9, Map.of("b", "", "a", "ü"), Map.of("traceparent", "00-1"));
		return List.of(new OutboxRow.Signal("1", "order-1", PARENT, "go", payload("{\"a\":1}"), SENT_AT),
				new OutboxRow.Start("2", "report@1", "report", SENT_AT.minusMillis(1), start, SENT_AT),
				new OutboxRow.StartChild("3", "order-1.2", PARENT, true, full, SENT_AT),
				new OutboxRow.Watch("4", "order-1.2", PARENT, null, SENT_AT),
				new OutboxRow.Cancel("5", "order-1.2", PARENT, SENT_AT),
				new OutboxRow.ChildEnded("6", PARENT, "order-1.2", 7L, new Outcome.Success(payload("42")), SENT_AT),
				new OutboxRow.ChildEnded("7", PARENT, "order-1.2", null,
						new Outcome.Failed(new Failure("a.B", "no", "at c", null)), SENT_AT),
				new OutboxRow.Watch("8", "order-1.2", PARENT, "größe", SENT_AT));
	}

	static OutboxRow signal(String request, String value) {
		return new OutboxRow.Signal(request, "order-1", PARENT, "go", payload('"' + value + '"'), SENT_AT);
	}

	private static OutboxAdded added(int target, String request) {
		return new OutboxAdded(target, signal(request, request));
	}

	private static Payload payload(String json) {
		return Payload.json(json.getBytes(StandardCharsets.UTF_8));
	}

	private static RunRow run(long number) {
		return RunRow.pending(number, "order-" + number, "order", 1, Map.of(), SENT_AT);
	}

	private void commit(List<Change> changes) {
		store().commit(1, changes);
	}

	private List<OutboxRow> rows(int target, long after) {
		return store().channels()
			.rows(target, after, Integer.MAX_VALUE, Integer.MAX_VALUE)
			.stream()
			.map((entry) -> readable(entry.row()))
			.toList();
	}

	private List<Long> sequences(int target, long after) {
		return store().channels()
			.rows(target, after, Integer.MAX_VALUE, Integer.MAX_VALUE)
			.stream()
			.map(OutboxEntry::sequence)
			.toList();
	}

	private List<String> requests(int target, long after) {
		return rows(target, after).stream().map(OutboxRow::requestId).toList();
	}

}

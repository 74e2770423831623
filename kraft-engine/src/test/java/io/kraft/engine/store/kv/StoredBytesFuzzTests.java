package io.kraft.engine.store.kv;

import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.kraft.client.WorkflowStatus;
import io.kraft.engine.journal.Failure;
import io.kraft.engine.journal.Outcome;
import io.kraft.engine.journal.Payload;
import io.kraft.engine.journal.Position;
import io.kraft.engine.reliability.Proves;
import io.kraft.engine.store.AnsweredRequest;
import io.kraft.engine.store.ChannelContract;
import io.kraft.engine.store.ChannelMark;
import io.kraft.engine.store.Message;
import io.kraft.engine.store.Message.Kind;
import io.kraft.engine.store.OutboxRow;
import io.kraft.engine.store.OutboxRowCodec;
import io.kraft.engine.store.QueueAttempt;
import io.kraft.engine.store.RunRow;
import io.kraft.engine.store.ScheduleRow;
import io.kraft.engine.store.StorageException;
import io.kraft.engine.store.Timer;
import io.kraft.engine.testing.HostileBytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Whatever a store holds as a key or a value is what it is read as, or is refused.
 */
@Proves(fault = "Stored bytes are malformed", promise = "A coded error, no hang and no large allocation")
class StoredBytesFuzzTests {

	private static final Instant NOON = Instant.parse("2026-03-01T12:00:00.123Z");

	private static final List<Stored> STORED = List.of(
			new Stored("row",
					List.of(RunRowCodec.encode(RunRow.pending(7, "order-7", "order", 1, Map.of("size", "L"), NOON)),
							RunRowCodec.encode(RunRow
								.pending(7, "bestellung-ü", "order", -3, "Mailer.send", Map.of("größe", "L", "a", "b"),
										-5, "parent", NOON)
								.running(NOON)
								.suspended("charge", 4, "a timer"))),
					(bytes) -> {
						RunRow row = RunRowCodec.decode(7, bytes);
						assertThat(RunRowCodec.decode(7, RunRowCodec.encode(row))).isEqualTo(row);
					}),
			new Stored("message", List.of(
					MessageCodec
						.encode(new Message(1, 2, Kind.SIGNAL, "approved",
								new Outcome.Success(Payload.json(new byte[] { '7' })), NOON))
						.head(),
					MessageCodec
						.encode(new Message(1, 2, Kind.SIGNAL, "large",
								new Outcome.Success(Payload.json(new byte[5000])), NOON))
						.head(),
					MessageCodec
						.encode(new Message(1, 2, Kind.CHILD_ENDED, "3.1",
								new Outcome.Failed(new Failure("a.B", "no", "at c", new Failure("d", null, "", null))),
								NOON))
						.head()),
					(bytes) -> {
						Message message = MessageCodec.decode(1, 2, bytes).message();
						assertThat(MessageCodec.decode(1, 2, MessageCodec.encode(message).head()).message())
							.isEqualTo(message);
					}),
			new Stored("schedule",
					List.of(ScheduleRowCodec.encode(new ScheduleRow("s", "PT1H", true, NOON, NOON, null)),
							ScheduleRowCodec.encode(ScheduleRow.begin("s", "0 0 * * * *", NOON))),
					(bytes) -> ScheduleRowCodec.decode("s", bytes)),
			new Stored("counts",
					List.of(HexFormat.of().parseHex("01056f72646572020306808001"), new byte[] { 1, 1, 'a' }),
					RunCounts::decode),
			new Stored("outbox row", ChannelContract.everyKind().stream().map(OutboxRowCodec::encode).toList(),
					(bytes) -> {
						OutboxRow row = OutboxRowCodec.decode(bytes);
						assertThat(OutboxRowCodec.decode(OutboxRowCodec.encode(row))).isEqualTo(row);
					}),
			new Stored("channel mark", List.of(ChannelKeys.encode(new ChannelMark(300, 299))), ChannelKeys::decodeSent),
			new Stored("taken", List.of(ChannelKeys.encode(300)), ChannelKeys::decodeTaken),
			new Stored("channel key", List.of(ChannelKeys.row(3, 4), ChannelKeys.sent(3)), ChannelKeys::partition),
			new Stored("request", List.of(RequestKeys.encode(new AnsweredRequest("r", "order-1", NOON))),
					(bytes) -> RequestKeys.decode("r", bytes)),
			new Stored("request key", List.of(RequestKeys.byTime(new AnsweredRequest("r", "", NOON))), RequestKeys::id),
			new Stored("mark", List.of(Keys.number(7)), StoreMark.EPOCH::decode),
			new Stored("number", List.of(RunKeys.expiry(NOON, 7), Keys.append(RunKeys.id("order-7"), 7)),
					Keys::lastNumber),
			new Stored("timer key",
					List.of(RunKeys.timer(new Timer(NOON, 7, Position.of(3, 200, 1))),
							RunKeys.timer(new Timer(NOON, 7, Position.of(1)))),
					RunKeys::timer),
			new Stored("message key", List.of(MessageKeys.message(7, 8), MessageKeys.inbox(7)), MessageKeys::run),
			new Stored("attempt key", List.of(QueueKeys.attempt(new QueueAttempt("emails", NOON, 7))),
					(bytes) -> QueueKeys.attempt("emails", bytes)));

	@ParameterizedTest
	@MethodSource("stored")
	void damagedBytesAreReadOrRefused(Stored stored) {
		HostileBytes.tryAll(stored.sound, stored.decoder);
	}

	@MethodSource("sound")
	@FuzzTest(maxDuration = "10m")
	void anyBytesAreReadOrRefused(byte[] bytes) {
		for (Stored stored : STORED) {
			HostileBytes.tryOne(bytes, stored.decoder);
		}
	}

	static List<byte[]> sound() {
		return STORED.stream().flatMap((stored) -> stored.sound.stream()).toList();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "01", "0000000000000000000000000000", "00000000000000010000000000000002ff",
			"0000000000000001000000000000000200000000", "00000000000000010000000000000002ffffffff" })
	void aTimerKeyOfAnotherLengthOrWithoutPositionIsDamage(String hex) {
		assertThatExceptionOfType(StorageException.class).isThrownBy(() -> RunKeys.timer(HexFormat.of().parseHex(hex)))
			.withMessageStartingWith("KRAFT-4003: ")
			.withMessageContaining("'" + hex + "'")
			.withMessageContaining("docs/reference/errors.md#kraft-4003");
	}

	@Test
	void whateverIsWrittenComesBack() {
		Random random = new Random(7);
		for (int i = 0; i < 2_000; i++) {
			Timer timer = new Timer(Instant.ofEpochMilli(random.nextLong()), random.nextLong(1, Long.MAX_VALUE),
					Position.of(random.ints(random.nextInt(1, 5), 1, Integer.MAX_VALUE).toArray()));
			QueueAttempt attempt = new QueueAttempt("q\0" + i, Instant.ofEpochMilli(random.nextLong()), i + 1);
			ScheduleRow row = new ScheduleRow("s", "p" + i, random.nextBoolean(),
					Instant.ofEpochMilli(random.nextLong() >> 1), null, Instant.ofEpochMilli(random.nextLong()));

			assertThat(RunKeys.timer(RunKeys.timer(timer))).isEqualTo(timer);
			assertThat(QueueKeys.attempt("q\0" + i, QueueKeys.attempt(attempt))).isEqualTo(attempt);
			assertThat(ScheduleRowCodec.decode("s", ScheduleRowCodec.encode(row))).isEqualTo(row);
		}
	}

	static List<Stored> stored() {
		return STORED;
	}

	/**
	 * A kind of what a store holds.
	 *
	 * @param sound a few examples that can be read
	 */
	record Stored(String name, List<byte[]> sound, Consumer<byte[]> decoder) {

		@Override
		public String toString() {
			return this.name;
		}

	}

}

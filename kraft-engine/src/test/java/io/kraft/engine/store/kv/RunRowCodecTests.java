package io.kraft.engine.store.kv;

import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

import io.kraft.client.WorkflowStatus;
import io.kraft.engine.store.RunRow;
import io.kraft.engine.store.StorageException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class RunRowCodecTests {

	private static final Instant NOON = Instant.parse("2026-03-01T12:00:00.123Z");

	private static final RunRow NEW = RunRow.pending(7, "order-7", "order", 1, Map.of(), NOON);

	private static final RunRow FULL = RunRow
		.pending(7, "bestellung-ü", "order", -3, null, Map.of("größe", "L"), -5, "parent", NOON)
		.running(NOON.plusMillis(1))
		.suspended("charge", 4, "a timer");

	private static final RunRow ITEM = RunRow.pending(7, "queue:emails:a", "queue:emails", 1, "Mailer.send", Map.of(),
			3, null, NOON);

	private static final Map<WorkflowStatus, RunRow> ROWS = Map.ofEntries(Map.entry(WorkflowStatus.PENDING, NEW),
			Map.entry(WorkflowStatus.SCHEDULED, NEW.scheduled(NOON)),
			Map.entry(WorkflowStatus.RUNNING, NEW.running(NOON)),
			Map.entry(WorkflowStatus.SUSPENDED, NEW.running(NOON).suspended(null, 0, "signal 'go'")),
			Map.entry(WorkflowStatus.PAUSED, NEW.paused(RunRow.PAUSED_ON_REQUEST)),
			Map.entry(WorkflowStatus.COMPLETED, ended(WorkflowStatus.COMPLETED, null)),
			Map.entry(WorkflowStatus.FAILED, ended(WorkflowStatus.FAILED, NOON)),
			Map.entry(WorkflowStatus.CANCELLED, ended(WorkflowStatus.CANCELLED, NOON)),
			Map.entry(WorkflowStatus.TIMED_OUT, ended(WorkflowStatus.TIMED_OUT, NOON)),
			Map.entry(WorkflowStatus.TERMINATED, ended(WorkflowStatus.TERMINATED, NOON)),
			Map.entry(WorkflowStatus.DEAD, ended(WorkflowStatus.DEAD, null)));

	// Never change these: stores in the field hold them.
	private static final String FIRST_NEW_HEX = "0100076f726465722d37056f7264657202020000f6a9a894956700";

	private static final String FIRST_FULL_HEX = "01ff0d62657374656c6c756e672dc3bc056f7264657205040904f6a9a894956701076772c3b6c39f65014c06726561736f6e076661696c75726506706172656e74f8a9a8949567faa9a8949567fca9a89495670663686172676507612074696d6572";

	private static final String FIRST_ITEM_HEX = "02000b4d61696c65722e73656e640e71756575653a656d61696c733a610c71756575653a656d61696c7302020600f6a9a894956700";

	private static final String NEW_HEX = "030000076f726465722d37056f726465720200f6a9a89495670002";

	private static final String FULL_HEX = "03020e0d62657374656c6c756e672dc3bc056f726465720509f6a9a894956701076772c3b6c39f65014c06706172656e74f8a9a894956704066368617267650407612074696d6572";

	private static final String ITEM_HEX = "0300010e71756575653a656d61696c733a610c71756575653a656d61696c73020b4d61696c65722e73656e6406f6a9a89495670002";

	private static RunRow ended(WorkflowStatus status, @Nullable Instant expiresAt) {
		return NEW.running(NOON)
			.ended(status, (status == WorkflowStatus.COMPLETED) ? null : "failure", NOON, expiresAt);
	}

	@Test
	void readsAndWritesTheBytesOfVersionThree() {
		assertThat(HexFormat.of().formatHex(RunRowCodec.encode(NEW))).isEqualTo(NEW_HEX);
		assertThat(HexFormat.of().formatHex(RunRowCodec.encode(FULL))).isEqualTo(FULL_HEX);
		assertThat(HexFormat.of().formatHex(RunRowCodec.encode(ITEM))).isEqualTo(ITEM_HEX);
	}

	@Test
	void readsTheBytesThatVersionsOneAndTwoWrote() {
		RunRow full = RunRowCodec.decode(7, HexFormat.of().parseHex(FIRST_FULL_HEX));

		assertThat(RunRowCodec.decode(7, HexFormat.of().parseHex(FIRST_NEW_HEX))).isEqualTo(NEW);
		assertThat(RunRowCodec.decode(7, HexFormat.of().parseHex(FIRST_ITEM_HEX))).isEqualTo(ITEM);
		assertThat(full.state()).isEqualTo(FULL.state());
		assertThat(full.tags()).isEqualTo(FULL.tags());
		assertThat(full.revision()).isZero();
	}

	@Test
	void readsTheRevisionWithoutTheRest() {
		assertThat(RunRowCodec.revision(7, RunRowCodec.encode(FULL))).isEqualTo(2);
		assertThat(RunRowCodec.revision(7, HexFormat.of().parseHex(FIRST_FULL_HEX))).isZero();
	}

	@ParameterizedTest
	@EnumSource(WorkflowStatus.class)
	void readsBackEveryStatus(WorkflowStatus status) {
		RunRow row = Objects.requireNonNull(ROWS.get(status));

		assertThat(row.status()).isEqualTo(status);
		assertThat(RunRowCodec.decode(7, RunRowCodec.encode(row))).isEqualTo(row);
	}

	@Test
	void refusesARowThatWasCutOffAnywhere() {
		byte[] whole = RunRowCodec.encode(FULL);
		for (int length = 0; length < whole.length; length++) {
			byte[] cut = Arrays.copyOf(whole, length);

			assertThatExceptionOfType(StorageException.class).isThrownBy(() -> RunRowCodec.decode(7, cut))
				.withMessageStartingWith("KRAFT-4003: the row of run number 7");
		}
	}

	@Test
	void answersDamageWithNothingButItsOwnException() {
		Random random = new Random(1);
		for (int i = 0; i < 20_000; i++) {
			byte[] bytes = RunRowCodec.encode(FULL);
			bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
			bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
			try {
				assertThat(RunRowCodec.decode(7, bytes).number()).isEqualTo(7);
			}
			catch (StorageException ex) {
				assertThat(ex.code()).isIn(StorageException.DAMAGED, StorageException.UNKNOWN_FORMAT);
			}
		}
	}

	@Test
	void saysWhichFormatItDoesNotKnow() {
		byte[] newer = RunRowCodec.encode(NEW);
		newer[0] = 4;

		assertThatExceptionOfType(StorageException.class).isThrownBy(() -> RunRowCodec.decode(7, newer))
			.withMessageStartingWith("KRAFT-4005: ")
			.withMessageContaining("row format 4");
	}

}

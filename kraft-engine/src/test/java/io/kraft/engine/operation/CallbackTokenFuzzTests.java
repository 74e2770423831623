package io.kraft.engine.operation;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.kraft.client.WorkflowNotFoundException;
import io.kraft.engine.journal.JournalCodec;
import io.kraft.engine.journal.JournalEntry.RunStarted;
import io.kraft.engine.journal.Payload;
import io.kraft.engine.journal.RunSecret;
import io.kraft.engine.store.Change.EntryAppended;
import io.kraft.engine.store.Change.RunChanged;
import io.kraft.engine.store.RunRow;
import io.kraft.engine.store.Store;
import io.kraft.engine.store.memory.MemoryMedium;
import io.kraft.engine.testing.HostileBytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Nobody makes up a token, and no token does harm.
 */
class CallbackTokenFuzzTests {

	private static final Store STORE = store();

	private static final String ID = "b3JkZXItNw";

	@Test
	void tokensThatNobodyMadeBelongToNoCallback() {
		HostileBytes.tryAll(tokens(), CallbackTokenFuzzTests::find);
	}

	@MethodSource("tokens")
	@FuzzTest(maxDuration = "10m")
	void anyTokenBelongsToNoCallback(byte[] bytes) {
		HostileBytes.tryOne(bytes, CallbackTokenFuzzTests::find);
	}

	@Test
	void aTokenOfManyPartsIsRefused() {
		HostileBytes.tryOne("~".repeat(1 << 20).getBytes(StandardCharsets.UTF_8), CallbackTokenFuzzTests::find);
	}

	static List<byte[]> tokens() {
		return List
			.of(ID + "~3~0b8e1f5a-93d4-4c2b-8f10-fedcba987654", ID + "~3~" + "A".repeat(43), ID + "~0.3~", ID + "~~",
					"~~", "%%%~3~x")
			.stream()
			.map((text) -> text.getBytes(StandardCharsets.UTF_8))
			.toList();
	}

	private static void find(byte[] bytes) {
		String token = new String(bytes, StandardCharsets.UTF_8);
		assertThatExceptionOfType(WorkflowNotFoundException.class)
			.isThrownBy(
					() -> CallbackTokens.callback(token, STORE, (run, callback) -> true, new OpenedCallbacks(STORE)))
			.satisfies((ex) -> assertThat(ex.code()).isEqualTo("KRAFT-3001"));
	}

	private static Store store() {
		Store store = new MemoryMedium().open();
		store.claim(1);
		Instant noon = Instant.parse("2026-03-01T12:00:00Z");
		RunRow row = RunRow.pending(1, "order-7", "order", 1, Map.of(), noon);
		byte[] started = JournalCodec.encode(new RunStarted(Payload.json("[]".getBytes(StandardCharsets.UTF_8)), 7,
				RunSecret.draw(new Random(7)), noon));
		store.commit(1, List.of(new RunChanged(null, row), new EntryAppended(1, 0, started)));
		return store;
	}

}

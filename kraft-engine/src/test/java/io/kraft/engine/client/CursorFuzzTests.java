package io.kraft.engine.client;

import java.nio.charset.StandardCharsets;
import java.util.List;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.kraft.client.WorkflowQuery;
import io.kraft.engine.testing.HostileBytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Whatever a client passes as a cursor is one, or is refused as the API says.
 */
class CursorFuzzTests {

	@Test
	void damagedCursorsAreReadOrRefused() {
		HostileBytes.tryAll(sound(), CursorFuzzTests::read);
	}

	@MethodSource("sound")
	@FuzzTest(maxDuration = "10m")
	void anyCursorIsReadOrRefused(byte[] bytes) {
		HostileBytes.tryOne(bytes, CursorFuzzTests::read);
	}

	@Test
	void aCursorOfAnEngineWithFewerPartitionsIsRefused() {
		RunCursor cursor = RunCursor.of(null, 3);
		cursor.set(0, 42);
		String text = cursor.toText();

		assertThat(RunCursor.of(text, 3).before(0)).isEqualTo(42);
		assertThatIllegalArgumentException().isThrownBy(() -> RunCursor.of(text, 4))
			.withMessageContaining("is not a cursor");
	}

	static List<byte[]> sound() {
		return List
			.of("1", "42", Long.toString(Long.MAX_VALUE), "-1", "0", "٤٢", "AAMAAAAAAAAAAAAq",
					"AAMAAQAAAAAAAAAqAAIAAAAAAAAAKg", "AAIAAAAAAAAAAAAqAAEAAAAAAAAAKg")
			.stream()
			.map((text) -> text.getBytes(StandardCharsets.UTF_8))
			.toList();
	}

	private static void read(byte[] bytes) {
		read(bytes, 1);
		read(bytes, 3);
	}

	private static void read(byte[] bytes, int partitions) {
		String cursor = new String(bytes, StandardCharsets.UTF_8);
		try {
			RunCursor read = RunCursor.of(cursor, partitions);
			assertThat(RunCursor.of(read.toText(), partitions).before(0)).isEqualTo(read.before(0));
		}
		catch (IllegalArgumentException ex) {
			assertThat(ex).hasMessageContaining("is not a cursor");
		}
	}

}

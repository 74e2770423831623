package io.kraft.engine.journal.json;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.lang.reflect.Type;
import java.net.http.HttpClient;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

import io.kraft.engine.journal.Payload;
import io.kraft.workflow.ErrorDocs;
import io.kraft.workflow.PayloadSerializationException;
import io.kraft.workflow.PayloadTooLargeException;
import io.kraft.workflow.TypeRef;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class UnwritableValuesTests {

	private static final int LIMIT = 100_000;

	private final JacksonPayloads payloads = new JacksonPayloads(JacksonPayloads.defaultMapper(), List.of(), LIMIT);

	static List<Object> unwritable() {
		return List.of(Thread.currentThread(), new ByteArrayInputStream(new byte[3]), InputStream.nullInputStream(),
				HttpClient.newHttpClient(), new ReentrantLock(), ClassLoader.getSystemClassLoader(), new Object(),
				new NoProperties(), (Runnable) () -> {
				});
	}

	@ParameterizedTest
	@MethodSource("unwritable")
	void whatIsNoDataIsAnErrorThatNamesTypePathAndCure(Object value) {
		assertFailsToWrite(new Holder(List.of("fine", value)), Holder.class)
			.withMessageStartingWith(
					"KRAFT-1004: the result of step 'charge' of type " + Holder.class.getName() + " cannot be written")
			.withMessageContaining("at $.items[1]: ")
			.withMessageContaining(value.getClass().getName())
			.withMessageContaining("Use plain data")
			.withMessageEndingWith("See " + ErrorDocs.section("KRAFT-1004"))
			.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain("FAIL_ON_EMPTY_BEANS",
					"IllegalArgumentException"));
	}

	@Test
	void aValueThatContainsItselfIsAnError() {
		assertFailsToWrite(new Looping(), Looping.class).withMessageContaining("at $.self")
			.withMessageContaining("@JsonIgnore");
	}

	@Test
	void aCycleIsAnErrorWithABoundedPath() {
		Map<String, Object> outer = new LinkedHashMap<>();
		outer.put("inner", new ArrayList<>(List.of("x", outer)));

		assertFailsToWrite(outer, Object.class)
			.withMessageContaining("contains itself, or is nested deeper than 500 levels")
			.withMessageContaining("at $.inner[1].inner[1]")
			.satisfies((ex) -> assertThat(ex.getMessage()).hasSizeLessThan(1000));
	}

	@Test
	void aGetterThatNeverEndsIsAnError() {
		assertFailsToWrite(new Endless(), Endless.class).withMessageContaining("contains itself, or is nested deeper");
	}

	@Test
	void aGetterThatThrowsIsNamed() {
		assertFailsToWrite(new Throwing(), Throwing.class).withMessageContaining("at $.total")
			.withMessageContaining("java.lang.IllegalStateException: not open")
			.satisfies((ex) -> assertThat(ex).hasRootCauseMessage("not open"));
	}

	@Test
	void anotherTypeThanTheDeclaredOneIsAnError() {
		assertFailsToWrite("text", Integer.class).withMessageContaining("it is a java.lang.String");
		assertFailsToWrite("text", int.class);
	}

	@Test
	void anUnwritableArgumentIsNamedByItsPlace() {
		assertThatExceptionOfType(PayloadSerializationException.class)
			.isThrownBy(() -> this.payloads.writeArguments(new Object[] { 1, new Holder(List.of(new NoProperties())) },
					List.of(int.class, Holder.class), "the arguments of 'f'"))
			.withMessageContaining("the arguments of 'f'")
			.withMessageContaining("at $[1].items[0]");
	}

	@Test
	void aValueOfExactlyTheLimitIsWritten() {
		Payload payload = this.payloads.write("x".repeat(LIMIT - 2), String.class, "x");

		assertThat(payload.bytes()).hasSize(LIMIT);
	}

	@Test
	void aLargerValueIsRefusedWithItsLimit() {
		assertThatExceptionOfType(PayloadTooLargeException.class)
			.isThrownBy(() -> this.payloads.write("x".repeat(LIMIT - 1), String.class, "the result of step 'report'"))
			.withMessageStartingWith("KRAFT-1005: the result of step 'report' is larger than 100000 bytes as JSON")
			.withMessageContaining("kraft.engine.max-payload-size")
			.withMessageEndingWith("See " + ErrorDocs.section("KRAFT-1005"));
		assertThatExceptionOfType(PayloadTooLargeException.class).isThrownBy(() -> this.payloads
			.writeArguments(new Object[] { 1, new byte[LIMIT] }, List.of(int.class, byte[].class), "x"));
	}

	@Test
	void writingStopsAtTheLimit() {
		Counting huge = new Counting();

		assertThatExceptionOfType(PayloadTooLargeException.class)
			.isThrownBy(() -> this.payloads.write(huge, new TypeRef<List<Integer>>() {
			}.type(), "x"));
		assertThat(huge.read).isLessThan(2 * LIMIT);
	}

	private ThrowableAssertAlternative<PayloadSerializationException> assertFailsToWrite(Object value, Type type) {
		return assertThatExceptionOfType(PayloadSerializationException.class)
			.isThrownBy(() -> this.payloads.write(value, type, "the result of step 'charge'"));
	}

	record Holder(List<Object> items) {
	}

	static final class NoProperties {

	}

	static final class Looping {

		public Looping getSelf() {
			return this;
		}

	}

	static final class Endless {

		private final int end = -1;

		public int getDepth() {
			return depthFrom(0);
		}

		private int depthFrom(int level) {
			return (level == this.end) ? level : depthFrom(level + 1) + 1;
		}

	}

	static final class Throwing {

		private boolean open;

		public int getTotal() {
			if (!this.open) {
				throw new IllegalStateException("not open");
			}
			return 1;
		}

	}

	static final class Counting extends AbstractList<Integer> {

		private int read;

		@Override
		public Integer get(int index) {
			this.read++;
			return 7;
		}

		@Override
		public int size() {
			return Integer.MAX_VALUE;
		}

	}

}

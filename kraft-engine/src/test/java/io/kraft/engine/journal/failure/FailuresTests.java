package io.kraft.engine.journal.failure;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

import io.kraft.client.WorkflowNotFoundException;
import io.kraft.engine.definition.MethodSignature;
import io.kraft.engine.journal.Failure;
import io.kraft.workflow.KraftException;
import io.kraft.workflow.NonRetryableStepException;
import io.kraft.workflow.StepFailedException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class FailuresTests {

	private static final List<String> initialized = new ArrayList<>();

	private static final MethodSignature SIGNATURE = new MethodSignature(List.of(), void.class,
			List.of(DeclinedException.class, OrderException.class), FailuresTests.class.getClassLoader());

	@BeforeEach
	void forgetInitialized() {
		initialized.clear();
	}

	static List<Throwable> restorable() {
		return List.of(new DeclinedException("no funds", null), new DeclinedException(null, new IOException("line")),
				new IllegalStateException("state"), new IllegalStateException(),
				new RuntimeException(new IOException()), new NoSuchElementException("x"),
				new UncheckedIOException("u", new FileNotFoundException("f")),
				new ExecutionException("e", new TimeoutException()), new NonRetryableStepException("never"),
				new WorkflowNotFoundException("order-7"), new StepFailedException("com.acme.X", "text", null),
				new AssertionError("assertion"), new HiddenException("hidden"), new OrderNotFoundException("o-7"),
				new InterruptedException("stop"), new DerivedException());
	}

	@ParameterizedTest
	@MethodSource("restorable")
	void typeMessageAndCausesSurvive(Throwable original) {
		Throwable restored = Failures.restore(Failures.record(original), SIGNATURE, Map.of());

		assertThat(restored).isNotSameAs(original).hasSameClassAs(original);
		assertThat(restored.getMessage()).isEqualTo(original.getMessage());
		Throwable restoredCause = restored.getCause();
		for (Throwable cause = original.getCause(); cause != null; cause = cause.getCause()) {
			assertThat(restoredCause).hasSameClassAs(cause).hasMessage(cause.getMessage());
			restoredCause = restoredCause.getCause();
		}
		assertThat(restoredCause).isNull();
	}

	@ParameterizedTest
	@MethodSource("restorable")
	void recordingARestoredExceptionGivesTheSameRecord(Throwable original) {
		Failure first = Failures.record(original);

		assertThat(Failures.record(Failures.restore(first, SIGNATURE, Map.of()))).isEqualTo(first);
	}

	@Test
	void anExceptionThatIsNotDeclaredIsAStepFailure() {
		Throwable restored = Failures.restore(Failures.record(new UndeclaredException("text")), SIGNATURE, Map.of());

		assertThat(restored)
			.isInstanceOfSatisfying(StepFailedException.class,
					(failed) -> assertThat(failed.failureType()).isEqualTo(UndeclaredException.class.getName()))
			.hasMessageStartingWith("KRAFT-2001: " + UndeclaredException.class.getName() + ": text (")
			.hasMessageContaining("declare it with throws");
	}

	@Test
	void aCauseThatCannotBeRestoredKeepsItsTextToo() {
		Throwable original = new IllegalStateException("outer", new UndeclaredException("inner"));

		Throwable restored = Failures.restore(Failures.record(original), SIGNATURE, Map.of());

		assertThat(restored).isExactlyInstanceOf(IllegalStateException.class).hasMessage("outer");
		assertThat(restored.getCause()).isInstanceOf(StepFailedException.class)
			.hasMessageStartingWith("KRAFT-2001: " + UndeclaredException.class.getName() + ": inner (");
	}

	@Test
	void aTypeWithoutAFittingConstructorIsAStepFailure() {
		Throwable restored = Failures.restore(Failures.record(new NumberedDeclined(7)), SIGNATURE, Map.of());

		assertThat(restored).isInstanceOf(StepFailedException.class).hasMessageContaining(": number 7");
	}

	@Test
	void aMessageThatNoConstructorGivesBackDoesNotCostTheType() {
		Throwable restored = Failures.restore(Failures.record(new ShoutingException("help")), SIGNATURE, Map.of());

		assertThat(restored).isInstanceOf(ShoutingException.class).hasMessageContaining("HELP");
	}

	@Test
	void theCodeOfAKraftExceptionIsNotDoubled() {
		Throwable restored = Failures.restoreWithoutTypes(Failures.record(new NonRetryableStepException("never")));

		assertThat(restored).hasMessage("KRAFT-2004: never");
		assertThat(((KraftException) restored).code()).isEqualTo("KRAFT-2004");
	}

	@Test
	void withoutSignatureOnlyJdkAndKraftExceptionsAreThemselves() {
		assertThat(Failures.restoreWithoutTypes(Failures.record(new IOException("io"))))
			.isInstanceOf(IOException.class);
		assertThat(Failures.restoreWithoutTypes(Failures.record(new DeclinedException("no", null))))
			.isInstanceOf(StepFailedException.class);
	}

	@Test
	void aCallerThatExpectsNoCheckedExceptionGetsNone() {
		Throwable unchecked = Failures
			.restoreUnchecked(Failures.record(new IllegalStateException(new IOException("io"))), Map.of());
		Throwable checked = Failures.restoreUnchecked(Failures.record(new IOException("io", new TimeoutException("t"))),
				Map.of());

		assertThat(unchecked).isExactlyInstanceOf(IllegalStateException.class).hasCauseInstanceOf(IOException.class);
		assertThat(checked).isInstanceOf(StepFailedException.class)
			.hasMessageStartingWith("KRAFT-2001: java.io.IOException: io (")
			.hasCauseInstanceOf(TimeoutException.class);
	}

	@Test
	void theRecordedFramesAreTheStackTrace() {
		IllegalStateException original = new IllegalStateException("x");

		Throwable restored = Failures.restoreWithoutTypes(Failures.record(original));

		assertThat(restored.getStackTrace()).hasSizeLessThanOrEqualTo(32).isNotEmpty();
		assertThat(restored.getStackTrace()[0].toString()).isEqualTo(original.getStackTrace()[0].toString());
		assertThat(restored.getStackTrace()[0].getMethodName()).isEqualTo("theRecordedFramesAreTheStackTrace");
	}

	@ParameterizedTest
	@ValueSource(strings = { "com.acme.Foo.bar(Foo.java:12)", "app//com.acme.Foo.bar(Foo.java:12)",
			"java.base/java.util.ArrayList.get(ArrayList.java:427)", "loader/mod@1.0/com.acme.Foo.bar(Foo.java)",
			"com.acme.Foo.<init>(Unknown Source)", "java.base/java.lang.Object.wait(Native Method)",
			"com.acme.Foo$$Lambda/0x00007f.run(Unknown Source)",
			"app//com.acme.Foo$$Lambda/0x00007f.run(Unknown Source)",
			"java.base/java.Foo$$Lambda/0x1.run(Unknown Source)", "Foo.bar(Foo.java:1)" })
	void aFrameIsReadAsItWasWritten(String frame) {
		assertThat(StackTraceText.parse(frame)).singleElement().hasToString(frame);
	}

	@Test
	void whatIsNoFrameIsLeftOut() {
		assertThat(StackTraceText.parse("")).isEmpty();
		assertThat(StackTraceText.parse("…\nnonsense\na.b(c.java:99999999999)\nFoo.bar(Foo.java:1)")).hasSize(1);
	}

	@Test
	void whatIsRecordedIsBounded() {
		Throwable exception = new IOException("🎉".repeat(50_000));
		for (int i = 0; i < 20; i++) {
			exception = new IOException("level " + i, exception);
		}

		Failure failure = Failures.record(exception);
		int depth = 0;
		for (Failure cause = failure; cause != null; cause = cause.cause()) {
			assertThat(cause.stackTrace().lines().count()).isLessThanOrEqualTo(32);
			depth++;
		}
		Failure longMessage = Failures.record(new IOException("🎉".repeat(50_000)));

		assertThat(depth).isEqualTo(9);
		assertThat(longMessage.message()).hasSizeLessThanOrEqualTo(8192).endsWith("🎉… (100000 characters)");
	}

	@Test
	void aCycleOfCausesIsCut() {
		Exception first = new Exception("first");
		Exception second = new Exception("second", first);
		first.initCause(second);

		Failure failure = Failures.record(first);

		assertThat(failure.cause().message()).isEqualTo("second");
		assertThat(failure.cause().cause()).isNull();
	}

	@Test
	void anExceptionWhoseMethodsThrowIsRecorded() {
		Failure failure = Failures.record(new BrokenException());

		assertThat(failure.type()).isEqualTo(BrokenException.class.getName());
		assertThat(failure.message()).contains("getMessage() threw java.lang.UnsupportedOperationException");
		assertThat(failure.cause()).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "no.such.Type", "", "[I", "int", "a/b", "java.lang.String", "java.lang.OutOfMemoryError",
			"java.lang.StackOverflowError", "java.lang.ThreadDeath", "java.lang.VirtualMachineError",
			"io.kraft.workflow.KraftException", "io.kraft.workflow.StepContext" })
	void aTypeThatMustNotOrCannotBeRestoredIsAStepFailure(String type) {
		MethodSignature declaresAll = new MethodSignature(List.of(), void.class, List.of(Throwable.class),
				FailuresTests.class.getClassLoader());

		Throwable restored = Failures.restore(new Failure(type, "text", "", null), declaresAll, Map.of());

		assertThat(restored).isInstanceOf(StepFailedException.class)
			.hasMessageStartingWith("KRAFT-2001: " + type + ": text (");
	}

	@Test
	void aClassThatIsNoAllowedExceptionIsNotInitialized() {
		for (Class<?> type : List.of(NoException.class, UndeclaredWithInitializer.class)) {
			Failures.restore(new Failure(type.getName(), "text", "", null), SIGNATURE, Map.of());
		}

		assertThat(initialized).isEmpty();
	}

	static class DeclinedException extends Exception {

		private static final long serialVersionUID = 1L;

		DeclinedException(String message, Throwable cause) {
			super(message, cause);
		}

	}

	static final class HiddenException extends DeclinedException {

		private static final long serialVersionUID = 1L;

		private HiddenException(String message) {
			super(message, null);
		}

	}

	static final class DerivedException extends DeclinedException {

		private static final long serialVersionUID = 1L;

		DerivedException() {
			super(null, null);
		}

	}

	static final class NumberedDeclined extends DeclinedException {

		private static final long serialVersionUID = 1L;

		NumberedDeclined(int number) {
			super("number " + number, null);
		}

	}

	static class OrderException extends RuntimeException {

		private static final long serialVersionUID = 1L;

		OrderException(String message) {
			super(message);
		}

	}

	static final class OrderNotFoundException extends OrderException {

		private static final long serialVersionUID = 1L;

		OrderNotFoundException(String id) {
			super("Order " + id + " was not found");
		}

	}

	static final class ShoutingException extends OrderException {

		private static final long serialVersionUID = 1L;

		ShoutingException(String text) {
			super(text.toUpperCase(java.util.Locale.ROOT) + "!");
		}

	}

	static final class UndeclaredException extends RuntimeException {

		private static final long serialVersionUID = 1L;

		UndeclaredException(String message) {
			super(message);
		}

	}

	static final class BrokenException extends RuntimeException {

		private static final long serialVersionUID = 1L;

		@Override
		public String getMessage() {
			throw new UnsupportedOperationException();
		}

		@Override
		public synchronized Throwable getCause() {
			throw new UnsupportedOperationException();
		}

	}

	static final class NoException {

		static {
			initialized.add("NoException");
		}

	}

	static final class UndeclaredWithInitializer extends RuntimeException {

		private static final long serialVersionUID = 1L;

		static {
			initialized.add("UndeclaredWithInitializer");
		}

	}

}

package io.kraft.engine;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

import io.kraft.client.JournalQuery;
import io.kraft.client.WorkflowHandle;
import io.kraft.client.WorkflowNotFoundException;
import io.kraft.client.WorkflowStatus;
import io.kraft.engine.definition.MethodSignature;
import io.kraft.engine.definition.RetryPolicy;
import io.kraft.engine.definition.StepDefinition;
import io.kraft.engine.testing.CapturedLog;
import io.kraft.engine.testing.TestEngine;
import io.kraft.workflow.Callback;
import io.kraft.workflow.StepContext;
import io.kraft.workflow.WorkflowContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Who sees values of a run, or the run itself, cannot complete its callbacks.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class CallbackAttackTests {

	private final TestEngine engine = new TestEngine();

	private final WorkflowContext workflow = WorkflowContext.ofCallingRun();

	private final Map<String, String> tokens = new ConcurrentHashMap<>();

	private final Map<String, Long> published = new ConcurrentHashMap<>();

	private final Map<String, String> keys = new ConcurrentHashMap<>();

	/**
	 * A step at 1, a callback at 2, the step that sends its token at 3, the wait at 4.
	 */
	@BeforeEach
	void start() {
		this.engine.workflow("payment", String.class, (argument) -> {
			this.published.put(argument, this.workflow.random().nextLong());
			this.engine.step("charge", void.class, () -> {
				this.keys.put(argument, StepContext.current().idempotencyKey());
				return null;
			});
			Callback<String> callback = this.workflow.callback(String.class);
			StepDefinition send = StepDefinition.of("send", MethodSignature.of(String.class, String.class),
					RetryPolicy.defaults());
			this.engine.call(send, (arguments) -> {
				this.tokens.put(argument, String.valueOf(arguments[0]));
				return "sent to https://bank.example/answer?to=" + arguments[0] + "&a=b";
			}, callback.token());
			return callback.await();
		}).start();
	}

	@AfterEach
	void close() {
		this.engine.close();
	}

	@Test
	void onePublishedRandomNumberGivesNoToken() {
		WorkflowHandle<?> run = waiting("a");
		long seed = seedOf(this.published.get("a"));
		SplittableRandom copy = new SplittableRandom(seed + 1);
		assertThat(copy.nextLong()).as("the generator is a bijection: all its numbers are known")
			.isEqualTo(this.published.get("a"));

		for (String forged : List.of(
				UUID.nameUUIDFromBytes(("callback\na\n" + seed + "\n2").getBytes(StandardCharsets.UTF_8)).toString(),
				base64(("callback\na\n" + seed + "\n2").getBytes(StandardCharsets.UTF_8)).substring(0, 22),
				Long.toHexString(seed))) {
			checkRefused(base64("a") + "~2~" + forged);
		}
		assertThat(run.status()).isEqualTo(WorkflowStatus.SUSPENDED);
	}

	@Test
	void anIdempotencyKeyGivesNoTokenAndIsNotMadeOfTheSeed() {
		waiting("a");
		String key = this.keys.get("a");
		long seed = seedOf(this.published.get("a"));

		checkRefused(base64("a") + "~2~" + key);
		checkRefused(base64("a") + "~2~" + base64(key.replace("-", "")).substring(0, 43));
		assertThat(key)
			.isNotEqualTo(UUID.nameUUIDFromBytes(("a\n" + seed + "\n1").getBytes(StandardCharsets.UTF_8)).toString());
		assertThat(this.tokens.get("a")).doesNotContain(key).doesNotContain(key.replace("-", ""));
	}

	@Test
	void aTokenOfAnotherRunOrPositionIsRefused() {
		waiting("a");
		waiting("b");
		String signature = this.tokens.get("a").split("~", -1)[2];

		checkRefused(base64("b") + "~2~" + signature);
		for (String place : List.of("1", "3", "4", "2.1", "", "0:2", "1:2", "02", "2 ", "+2")) {
			checkRefused(base64("a") + "~" + place + "~" + signature);
		}
	}

	@ParameterizedTest
	@MethodSource
	void aTokenThatIsSpeltOtherwiseIsRefused(String spelling) {
		waiting("a");
		String token = this.tokens.get("a");
		String forged = switch (spelling) {
			case "truncated" -> token.substring(0, token.length() - 1);
			case "lower case" -> token.toLowerCase(Locale.ROOT);
			case "upper case" -> token.toUpperCase(Locale.ROOT);
			case "padded" -> token + "=";
			case "padded id" -> token.replaceFirst("~", "==~");
			case "another id of the same bytes" -> token.replaceFirst("^YQ~", "YR~");
			case "other last bits" ->
				token.substring(0, token.length() - 1) + (char) (token.charAt(token.length() - 1) + 1);
			case "huge" -> token + "A".repeat(1 << 22);
			case "huge id" -> "A".repeat(1 << 22) + token;
			case "many parts" -> "~".repeat(1 << 20);
			case "a zero" -> token + "\0";
			case "a line break" -> token + "\n";
			case "a surrogate" -> token + "\uD800";
			case "full width" -> token.replace('2', '\uFF12');
			case "empty" -> "";
			case "no signature" -> token.substring(0, token.lastIndexOf('~') + 1);
			case "masked" -> token.substring(0, token.lastIndexOf('~') + 1) + "*".repeat(43);
			default -> throw new AssertionError(spelling);
		};

		checkRefused(forged);
	}

	static Stream<String> aTokenThatIsSpeltOtherwiseIsRefused() {
		return Stream.of("truncated", "lower case", "upper case", "padded", "padded id", "another id of the same bytes",
				"other last bits", "huge", "huge id", "many parts", "a zero", "a line break", "a surrogate",
				"full width", "empty", "no signature", "masked");
	}

	@Test
	void aTokenOfARunThatWasRemovedDoesNotReachTheNextOneOfItsId() {
		WorkflowHandle<?> run = waiting("a");
		String token = this.tokens.get("a");
		run.terminate();
		run.delete();
		waiting("a");

		checkRefused(token);
		assertThat(this.tokens.get("a")).isNotEqualTo(token);
	}

	@Test
	void aTokenOfAnEarlierGenerationIsRefused() {
		AtomicReference<String> first = new AtomicReference<>();
		Set<String> generationKeys = new HashSet<>();
		this.engine.workflow("endless", String.class, (argument) -> {
			String key = this.engine.step("key", String.class, () -> StepContext.current().idempotencyKey());
			generationKeys.add(key);
			Callback<String> callback = this.workflow.callback(String.class);
			if (first.compareAndSet(null, callback.token())) {
				return this.workflow.<String>continueAsNew(argument);
			}
			this.tokens.put("endless", callback.token());
			return callback.await();
		}).crashAndStart();
		WorkflowHandle<?> run = this.engine.run("endless", "e", "x");
		await().until(() -> run.status() == WorkflowStatus.SUSPENDED);

		checkRefused(first.get());
		checkRefused(first.get().replace("~3~", "~1:3~"));
		assertThat(generationKeys).hasSize(2);
		this.engine.client().complete(this.tokens.get("endless"), "done");
		assertThat(this.engine.finish(run)).isEqualTo("done");
	}

	@Test
	void aTokenIsRefusedWhereARetryHasPutSomethingElse() {
		AtomicReference<String> token = new AtomicReference<>();
		StepDefinition once = StepDefinition.of("once", MethodSignature.of(void.class), RetryPolicy.none());
		this.engine.workflow("changing", String.class, (argument) -> {
			try {
				this.engine.step(once, () -> {
					throw new IllegalStateException("down");
				});
			}
			catch (IllegalStateException ex) {
				token.set(this.workflow.callback(String.class).token());
				throw ex;
			}
			return "never";
		}).crashAndStart();
		WorkflowHandle<?> run = this.engine.run("changing", "c", "x");
		await().until(() -> run.status() == WorkflowStatus.FAILED);
		this.engine.workflow("changing", String.class, (argument) -> {
			this.engine.step(once, () -> null);
			this.engine.step("in its place", void.class, () -> null);
			return this.workflow.awaitSignal("n", String.class);
		}).crashAndStart();
		WorkflowHandle<?> retried = this.engine.client().retry("c");
		await().until(() -> retried.status() == WorkflowStatus.SUSPENDED);

		checkRefused(token.get());
	}

	@Test
	void aTokenWorksWhereItWasOpenedAndMayBeRepeated() {
		WorkflowHandle<?> run = waiting("a");
		this.engine.crashAndStart();

		this.engine.client().complete(this.tokens.get("a"), "paid");
		this.engine.client().complete(this.tokens.get("a"), "again");

		assertThat(this.engine.finish(this.engine.client().handle("a"))).isEqualTo("paid");
		assertThat(run.id()).isEqualTo("a");
		this.engine.client().complete(this.tokens.get("a"), "late");
	}

	@Test
	void whoReadsARunLearnsNoToken() {
		try (CapturedLog log = CapturedLog.ofAll("io.kraft")) {
			waiting("a");
			String token = this.tokens.get("a");
			String signature = token.split("~", -1)[2];
			this.engine.client().signal("a", "note", Map.of("hook", "https://x/" + token));

			String shown = String.join("\n", this.engine.client().operations("a").toString(),
					this.engine.client().journal("a", JournalQuery.all()).toString(),
					this.engine.client().inspect("a").toString(), this.engine.client().export("a"),
					this.engine.client().messages("a").toString(),
					this.engine.client().handle("a").describe().toString(), log.lines().toString());
			assertThat(shown).doesNotContain(signature).contains("~2~" + "*".repeat(43));

			checkRefused(token.substring(0, token.length() - 2));
			this.engine.client().complete(token, token);
			this.engine.finish(this.engine.client().handle("a"));
			assertThat(this.engine.client().export("a") + this.engine.client().inspect("a")
					+ this.engine.client().operations("a") + log.lines())
				.doesNotContain(signature);
		}
	}

	@Test
	void anExportHasNoSecretAndReadsNone() {
		waiting("a");

		String export = this.engine.client().export("a");

		assertThat(export).contains("\"seed\"").doesNotContain("secret");
	}

	private WorkflowHandle<?> waiting(String id) {
		WorkflowHandle<?> run = this.engine.run("payment", id, id);
		await().until(() -> run.status() == WorkflowStatus.SUSPENDED);
		return run;
	}

	private void checkRefused(String token) {
		assertThatExceptionOfType(WorkflowNotFoundException.class)
			.isThrownBy(() -> this.engine.client().complete(token, "forged"))
			.satisfies((ex) -> assertThat(ex.code()).isEqualTo("KRAFT-3001"))
			.withMessageNotContaining("forged");
		assertThatExceptionOfType(WorkflowNotFoundException.class)
			.isThrownBy(() -> this.engine.client().fail(token, "forged"));
	}

	private static String base64(String text) {
		return base64(text.getBytes(StandardCharsets.UTF_8));
	}

	private static String base64(byte[] bytes) {
		return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
	}

	/** Of the run, from the first number of a generator whose output is a bijection. */
	private static long seedOf(long first) {
		long z = unshift(first, 31) * inverse(0x94D049BB133111EBL);
		z = unshift(z, 27) * inverse(0xBF58476D1CE4E5B9L);
		return unshift(z, 30) - 0x9E3779B97F4A7C15L - 1;
	}

	private static long unshift(long value, int shift) {
		long result = value;
		for (int known = shift; known < 64; known += shift) {
			result = value ^ (result >>> shift);
		}
		return result;
	}

	/** By Newton's method: each step doubles the bits that are right. */
	private static long inverse(long odd) {
		long inverse = odd;
		for (int i = 0; i < 6; i++) {
			inverse *= 2 - odd * inverse;
		}
		return inverse;
	}

}

package io.kraft.engine;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;

import io.kraft.client.WorkflowStatus;
import io.kraft.engine.codec.AesGcmEncryption;
import io.kraft.engine.codec.DeflateCompression;
import io.kraft.engine.codec.EncryptionKeys;
import io.kraft.engine.definition.MethodSignature;
import io.kraft.engine.definition.ResultStyle;
import io.kraft.engine.definition.RetryPolicy;
import io.kraft.engine.definition.StepDefinition;
import io.kraft.engine.journal.JournalCodec;
import io.kraft.engine.journal.JournalEntry.StepCompleted;
import io.kraft.engine.journal.Outcome;
import io.kraft.engine.journal.Payload;
import io.kraft.engine.run.ArgumentMismatch;
import io.kraft.engine.store.Change;
import io.kraft.engine.store.Store;
import io.kraft.engine.testing.CapturedLog;
import io.kraft.engine.testing.ForwardingStore;
import io.kraft.engine.testing.ProxiedWorkflow;
import io.kraft.engine.testing.TestEngine;
import io.kraft.workflow.StepContext;
import io.kraft.workflow.WorkflowContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Encrypted payloads, in the hands of somebody who can write to the store.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class EncryptionTests {

	private static final Map<String, String> KEYS = Map.of("old", key('o'), "new", key('n'));

	private final TestEngine engine = new TestEngine();

	private final WorkflowContext workflow = WorkflowContext.ofCallingRun();

	private final List<String> written = Collections.synchronizedList(new ArrayList<>());

	private List<PayloadCodec> codecs = List.of();

	private final ProxiedWorkflow child = ProxiedWorkflow.define(this.engine, "child",
			MethodSignature.of(String.class, String.class), ResultStyle.PLAIN, (arguments) -> "the-child",
			(arguments) -> arguments[0] + this.workflow.awaitSignal("go", String.class));

	EncryptionTests() {
		this.engine.with((builder) -> builder.payloadCodecs(this.codecs).maxParkedWorkflows(0))
			.workflow("order", String.class, (argument) -> {
				String card = step("charge", "card of " + argument);
				String stock = step("reserve", "stock of " + argument);
				return card + ", " + stock + ", " + this.workflow.awaitSignal("go", String.class);
			});
	}

	@AfterEach
	void close() {
		this.engine.close();
	}

	@Test
	void noPayloadIsReadableInTheStoreWhereverItMoves() {
		this.engine.withStore(Recorder::new).workflow("parent", String.class, (argument) -> {
			int round = this.workflow.state().get("round", Integer.class).orElse(0);
			this.workflow.state().set("round", round + 1);
			this.workflow.state().set("card", "secret-state");
			this.workflow.publish("card", "secret-published");
			this.workflow.sideEffect("card", String.class, () -> "secret-effect");
			String step = heartbeat("secret-step");
			if (round == 0) {
				return this.workflow.continueAsNew("secret-again");
			}
			return argument + step + this.workflow.state().get("card", String.class).orElseThrow()
					+ this.workflow.<String>startChild(() -> this.child.call("secret-child")).await();
		});
		start(new DeflateCompression(0, 1000), encryption("new", KEYS, true));
		this.engine.run("parent", "p", "secret-argument");
		await().until(() -> this.engine.client().find("the-child").isPresent());
		this.engine.client().signal("the-child", "go", "secret-signal");
		this.engine.crash();
		start(new DeflateCompression(0, 1000), encryption("new", KEYS, true));

		assertThat(this.engine.finish(this.engine.client().handle("p")))
			.isEqualTo("secret-againsecret-stepsecret-statesecret-childsecret-signal");
		assertThat(this.engine.client().handle("p").published("card", String.class)).contains("secret-published");
		assertThat(this.engine.client().operations("p").toString()).contains("secret-step");
		assertThat(this.written).hasSizeGreaterThan(20).noneMatch((bytes) -> bytes.contains("secret"));
		assertThat(this.written).anyMatch((bytes) -> bytes.contains("deflate,aes-gcm"));
	}

	@Test
	void keysAreRotatedWhileRunsWait() {
		start(encryption("old", KEYS, true));
		this.engine.run("order", "o", "a");
		awaitStatus("o", WorkflowStatus.SUSPENDED);
		this.engine.crash();
		start(encryption("new", KEYS, true));
		this.engine.client().signal("o", "go", "on");

		assertThat(this.engine.finish(this.engine.client().handle("o"))).isEqualTo("card of a, stock of a, on");
	}

	@Test
	void aRunWhoseKeyIsUnknownIsPausedAndContinuesWhenItIsKnown() {
		start(encryption("old", KEYS, true));
		this.engine.run("order", "o", "a");
		awaitStatus("o", WorkflowStatus.SUSPENDED);
		this.engine.crash();

		start(encryption("new", Map.of("new", KEYS.get("new")), true));
		this.engine.client().signal("o", "go", "on");

		awaitPaused("o", "KRAFT-1004", "with the key 'old', which is not one of [new]");
		this.engine.crash();
		start(encryption("new", KEYS, true));
		assertThat(this.engine.finish(this.engine.client().handle("o"))).isEqualTo("card of a, stock of a, on");
	}

	@Test
	void aMessageWhoseKeyIsUnknownPausesTheRunThatTakesItAndIsNotLost() {
		start(encryption("new", KEYS, true));
		this.engine.run("order", "o", "a");
		awaitStatus("o", WorkflowStatus.SUSPENDED);
		this.engine.client().pause("o");
		awaitStatus("o", WorkflowStatus.PAUSED);
		this.engine.crash();
		start(encryption("old", KEYS, true));
		this.engine.client().signal("o", "go", "on");
		this.engine.crash();

		start(encryption("new", Map.of("new", KEYS.get("new")), true));
		this.engine.client().resume("o");

		awaitPaused("o", "KRAFT-1004", "with the key 'old', which is not one of [new]");
		this.engine.crash();
		start(encryption("new", KEYS, true));
		assertThat(this.engine.finish(this.engine.client().handle("o"))).isEqualTo("card of a, stock of a, on");
	}

	@Test
	void anotherKeyOfTheSameIdPausesTheRun() {
		start(encryption("k", Map.of("k", key('a')), true));
		this.engine.run("order", "o", "a");
		awaitStatus("o", WorkflowStatus.SUSPENDED);
		this.engine.crash();

		start(encryption("k", Map.of("k", key('b')), true));
		this.engine.client().signal("o", "go", "on");

		awaitPaused("o", "KRAFT-1004", "the key 'k' is not the one that has encrypted it");
	}

	@Test
	void aPlainStoreBecomesAnEncryptedOne() {
		start();
		this.engine.run("order", "o", "a");
		awaitStatus("o", WorkflowStatus.SUSPENDED);
		this.engine.crash().withStore(Recorder::new);
		start(encryption("new", KEYS, false));
		this.engine.client().signal("o", "go", "secret");

		assertThat(this.engine.finish(this.engine.client().handle("o"))).isEqualTo("card of a, stock of a, secret");
		assertThat(this.written).isNotEmpty().noneMatch((bytes) -> bytes.contains("secret"));
	}

	@Test
	void whatIsNotEncryptedPausesTheRunIfAllMustBe() {
		start(new DeflateCompression(0, 1000));
		this.engine.run("order", "o", "a");
		awaitStatus("o", WorkflowStatus.SUSPENDED);
		this.engine.crash();

		start(new DeflateCompression(0, 1000), encryption("new", KEYS, true));
		this.engine.client().signal("o", "go", "on");

		awaitPaused("o", "KRAFT-4015", "was wrapped by 'deflate' only");
		this.engine.crash();
		start(new DeflateCompression(0, 1000), encryption("new", KEYS, false));
		assertThat(this.engine.finish(this.engine.client().handle("o"))).isEqualTo("card of a, stock of a, on");
	}

	@Test
	void aChangedBitPausesTheRun() {
		tamper((payload, other) -> {
			byte[] changed = payload.bytes().clone();
			changed[changed.length - 1] ^= 1;
			return new Payload(payload.codecs(), changed);
		}, "KRAFT-1004", "or it was changed since");
	}

	@Test
	void aPayloadInThePlaceOfAnotherOfTheRunPausesIt() {
		tamper((payload, other) -> other, "KRAFT-4015", "a payload that was encrypted for another location");
	}

	@Test
	void aPayloadThatIsSaidToBeForItsPlacePausesTheRun() {
		tamper((payload, other) -> {
			byte[] forged = other.bytes().clone();
			System.arraycopy(payload.bytes(), 0, forged, 0, header("new", "1/journal/1/1"));
			return new Payload(payload.codecs(), forged);
		}, "KRAFT-1004", "or it was changed since");
	}

	@Test
	void aPlainPayloadInThePlaceOfAnEncryptedOnePausesTheRun() {
		tamper((payload, other) -> Payload.json("\"free\"".getBytes(StandardCharsets.UTF_8)), "KRAFT-4015",
				"is not encrypted");
	}

	@Test
	void theIdOfAnotherKeyInThePayloadPausesTheRun() {
		tamper((payload, other) -> {
			byte[] changed = payload.bytes().clone();
			System.arraycopy("old".getBytes(StandardCharsets.UTF_8), 0, changed, 2, 3);
			return new Payload(payload.codecs(), changed);
		}, "KRAFT-1004", "the key 'old' is not the one that has encrypted it");
	}

	@Test
	void aPayloadThatWasCutOffPausesTheRun() {
		tamper((payload, other) -> new Payload(payload.codecs(),
				Arrays.copyOf(payload.bytes(), payload.bytes().length - 1)), "KRAFT-1004", "or it was changed since");
	}

	@Test
	void aPayloadThatWasEmptiedPausesTheRun() {
		tamper((payload, other) -> new Payload(payload.codecs(), new byte[0]), "KRAFT-4015",
				"a payload that was encrypted for another location");
	}

	@Test
	void anEncryptedPayloadThatIsSaidToBePlainPausesTheRun() {
		tamper((payload, other) -> Payload.json(payload.bytes()), "KRAFT-4015", "is not encrypted");
	}

	/** What is before the nonce has that length. */
	private static int header(String key, String location) {
		return 2 + key.length() + Integer.BYTES + location.length();
	}

	private void tamper(BinaryOperator<Payload> change, String code, String reason) {
		start(encryption("new", KEYS, true));
		this.engine.run("order", "o", "a");
		this.engine.run("order", "sound", "b");
		awaitStatus("o", WorkflowStatus.SUSPENDED);
		awaitStatus("sound", WorkflowStatus.SUSPENDED);
		this.engine.crash().withStoreOf("o", (store) -> new TamperedStore(store, change));
		start(encryption("new", KEYS, true));
		this.engine.client().signal("o", "go", "on");
		this.engine.client().signal("sound", "go", "on");

		awaitPaused("o", code, reason);
		assertThat(this.engine.finish(this.engine.client().handle("sound"))).isEqualTo("card of b, stock of b, on");
		assertThat(this.engine.engine().health().state()).isEqualTo(EngineHealth.State.RUNNING);
		this.engine.crash().withStore((store) -> store);
		start(encryption("new", KEYS, true));
		assertThat(this.engine.finish(this.engine.client().handle("o"))).asString().endsWith(", on");
	}

	@Test
	void aPayloadOfAnotherRunPausesTheRun() {
		this.engine.assumeOnePartition("the two runs must share a store");
		start(encryption("new", KEYS, true));
		this.engine.run("order", "o", "a");
		this.engine.run("order", "other", "b");
		awaitStatus("o", WorkflowStatus.SUSPENDED);
		awaitStatus("other", WorkflowStatus.SUSPENDED);
		this.engine.crash().withStore((store) -> new ForwardingStore(store) {

			@Override
			public void journal(long run, int from, Consumer<byte[]> reader) {
				super.journal((run == 1) ? 2 : run, from, reader);
			}

		});
		start(encryption("new", KEYS, true));
		this.engine.client().signal("o", "go", "on");

		awaitPaused("o", "KRAFT-4015", "at 1/journal/");
	}

	@Test
	void aRunThatFailedWithALargeMessageUnreadIsRetriedThoughAllMustBeEncrypted() {
		AtomicBoolean broken = new AtomicBoolean(true);
		this.engine.workflow("fragile", String.class, (argument) -> {
			this.workflow.awaitSignal("begin", String.class);
			if (broken.get()) {
				throw new IllegalStateException("broken");
			}
			return this.workflow.awaitSignal("note", String.class);
		});
		start(encryption("new", KEYS, true));
		this.engine.run("fragile", "f", "x");
		awaitStatus("f", WorkflowStatus.SUSPENDED);
		this.engine.client().signal("f", "note", "x".repeat(10_000));
		this.engine.client().signal("f", "begin", "now");
		awaitStatus("f", WorkflowStatus.FAILED);
		broken.set(false);

		this.engine.client().retry("f");

		assertThat(this.engine.finish(this.engine.client().handle("f"))).isEqualTo("x".repeat(10_000));
	}

	@Test
	void aRunThatIsRestartedFromAPositionKeepsItsHistoryEncryptedForItself() {
		start(encryption("old", KEYS, true));
		this.engine.run("order", "o", "a");
		awaitStatus("o", WorkflowStatus.SUSPENDED);
		this.engine.client().cancel("o");
		awaitStatus("o", WorkflowStatus.CANCELLED);
		this.engine.crash();
		start(encryption("new", KEYS, true));
		String copy = this.engine.client().restartFrom("o", "3").id();
		awaitStatus(copy, WorkflowStatus.SUSPENDED);
		this.engine.crash();
		start(encryption("new", Map.of("new", KEYS.get("new")), true));
		this.engine.client().signal(copy, "go", "on");

		assertThat(this.engine.finish(this.engine.client().handle(copy))).isEqualTo("card of a, stock of a, on");
	}

	@ParameterizedTest
	@EnumSource(names = { "PAUSE", "WARN" })
	void argumentsThatDifferOnReplayAreNotShown(ArgumentMismatch mismatch) {
		StepDefinition charge = StepDefinition.of("charge", MethodSignature.of(String.class, String.class),
				RetryPolicy.defaults());
		AtomicReference<String> card = new AtomicReference<>("secret-before");
		this.engine.with((builder) -> builder.argumentMismatch(mismatch)).workflow("card", String.class, (argument) -> {
			this.engine.call(charge, (arguments) -> "charged", card.get());
			return this.workflow.awaitSignal("go", String.class);
		});
		start(encryption("new", KEYS, true));
		this.engine.run("card", "c", "x");
		awaitStatus("c", WorkflowStatus.SUSPENDED);
		this.engine.crash();
		card.set("secret-after");

		try (CapturedLog log = CapturedLog.ofAll("io.kraft")) {
			start(encryption("new", KEYS, true));
			this.engine.client().signal("c", "go", "on");

			await().until(() -> log.lines().stream().anyMatch((line) -> line.contains("KRAFT-1001")));
			if (mismatch == ArgumentMismatch.PAUSE) {
				awaitPaused("c", "KRAFT-1001", "but the code asked for it with 16 bytes, not shown");
			}
			assertThat(log.lines().toString())
				.containsPattern("step 'charge' with the arguments \\d+ bytes, aes-gcm, not shown")
				.doesNotContain("secret");
			assertThat(this.engine.client().handle("c").describe().toString()).doesNotContain("secret");
		}
	}

	private void start(PayloadCodec... codecs) {
		this.codecs = List.of(codecs);
		this.engine.start();
	}

	private void awaitStatus(String id, WorkflowStatus status) {
		await().until(() -> this.engine.client().handle(id).status() == status);
	}

	private void awaitPaused(String id, String code, String reason) {
		awaitStatus(id, WorkflowStatus.PAUSED);
		assertThat(this.engine.client().handle(id).describe().reason()).startsWith(code).contains(reason);
	}

	private static AesGcmEncryption encryption(String active, Map<String, String> keys, boolean required) {
		return new AesGcmEncryption(EncryptionKeys.ofBase64(active, keys), required);
	}

	private String heartbeat(String result) {
		return this.engine.call(definition("report"), (arguments) -> {
			StepContext.current().heartbeat("secret-progress");
			return result;
		}, result);
	}

	private String step(String name, String result) {
		return this.engine.call(definition(name), (arguments) -> result, result);
	}

	private static StepDefinition definition(String name) {
		return StepDefinition.of(name, MethodSignature.of(String.class, String.class), RetryPolicy.defaults());
	}

	private static String key(char letter) {
		return Base64.getEncoder().encodeToString(String.valueOf(letter).repeat(32).getBytes(StandardCharsets.UTF_8));
	}

	/** Notes all bytes that are written of payloads. */
	private final class Recorder extends ForwardingStore {

		Recorder(Store store) {
			super(store);
		}

		@Override
		public void commit(long epoch, List<Change> changes) {
			for (Change change : changes) {
				switch (change) {
					case Change.EntryAppended appended -> note(appended.entry());
					case Change.MessageAdded added -> note(JournalCodec.encodeOutcome(added.message().outcome()));
					case Change.ValuePublished published -> note(published.value().bytes());
					case Change.ProgressReported reported -> note(reported.progress().bytes());
					default -> {
					}
				}
			}
			super.commit(epoch, changes);
		}

		private void note(byte[] bytes) {
			EncryptionTests.this.written.add(new String(bytes, StandardCharsets.ISO_8859_1));
		}

	}

	/** Changes the result of the step 'charge' of the first run. */
	private static final class TamperedStore extends ForwardingStore {

		private final BinaryOperator<Payload> change;

		TamperedStore(Store store, BinaryOperator<Payload> change) {
			super(store);
			this.change = change;
		}

		@Override
		public void journal(long run, int from, Consumer<byte[]> reader) {
			List<byte[]> entries = new ArrayList<>();
			super.journal(run, from, entries::add);
			Payload other = entries.stream()
				.map(JournalCodec::decode)
				.filter((entry) -> entry instanceof StepCompleted step && step.name().equals("reserve"))
				.map((entry) -> result((StepCompleted) entry))
				.findFirst()
				.orElse(Payload.NULL);
			for (byte[] entry : entries) {
				boolean tampered = run == 1 && JournalCodec.decode(entry) instanceof StepCompleted step
						&& step.name().equals("charge");
				reader.accept(tampered ? tamper(entry, other) : entry);
			}
		}

		private byte[] tamper(byte[] entry, Payload other) {
			StepCompleted step = (StepCompleted) JournalCodec.decode(entry);
			Payload result = result(step);
			return JournalCodec.encode(step,
					(payload) -> payload.equals(result) ? this.change.apply(payload, other) : payload);
		}

		private static Payload result(StepCompleted step) {
			return ((Outcome.Success) step.outcome()).value();
		}

	}

}

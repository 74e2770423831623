package io.kraft.engine.journal;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.UUID;
import java.util.random.RandomGenerator;

import io.kraft.engine.journal.JournalEntry.ChildStarted;
import io.kraft.engine.journal.JournalEntry.ChildrenReopened;
import io.kraft.engine.journal.JournalEntry.DeadlineSet;
import io.kraft.engine.journal.JournalEntry.FailureTraced;
import io.kraft.engine.journal.JournalEntry.OperationBegun;
import io.kraft.engine.journal.JournalEntry.OperationCancelled;
import io.kraft.engine.journal.JournalEntry.RunContinued;
import io.kraft.engine.journal.JournalEntry.RunEnded;
import io.kraft.engine.journal.JournalEntry.RunRetried;
import io.kraft.engine.journal.JournalEntry.RunStarted;
import io.kraft.engine.journal.JournalEntry.SideEffectCompleted;
import io.kraft.engine.journal.JournalEntry.StateChanged;
import io.kraft.engine.journal.JournalEntry.StepAttemptFailed;
import io.kraft.engine.journal.JournalEntry.StepCompleted;
import io.kraft.engine.journal.JournalEntry.StepIntended;
import io.kraft.engine.journal.JournalEntry.TimeRead;
import io.kraft.engine.journal.JournalEntry.TimerFired;
import io.kraft.engine.journal.JournalEntry.TimerSet;
import io.kraft.engine.journal.JournalEntry.TraceKept;
import io.kraft.engine.journal.JournalEntry.UuidDrawn;
import io.kraft.engine.journal.JournalEntry.CallbackOpened;
import io.kraft.engine.journal.JournalEntry.SignalSent;
import io.kraft.engine.journal.JournalEntry.ValuePublished;
import io.kraft.engine.journal.JournalEntry.WaitEnded;
import io.kraft.engine.journal.JournalEntry.WaitStarted;
import org.jspecify.annotations.Nullable;

/**
 * Entries of every type: fixed ones, which the golden files hold, and drawn ones.
 */
public final class SampleEntries {

	private static final Instant AT = Instant.parse("2026-03-01T12:00:00.123Z");

	private static final Instant LATER = AT.plusSeconds(3600);

	private SampleEntries() {
	}

	/**
	 * By the name of the golden file. Never change one: add another.
	 */
	public static SequencedMap<String, JournalEntry> golden() {
		Position position = Position.of(3, 200, 1);
		Failure failure = new Failure("java.io.IOException", "disk gone ✗", "at a.B.c(B.java:1)\nat d.E.f(E.java:2)",
				new Failure("java.lang.IllegalStateException", null, "", null));
		Map<String, JournalEntry> entries = new LinkedHashMap<>();
		entries.put("run-started", new RunStarted(json("[\"order-7\",42]"), -4_962_768_465_676_381_896L, null, AT));
		entries.put("run-ended", new RunEnded(new Outcome.Success(json("{\"total\":42}")), AT));
		entries.put("run-ended-without-value", new RunEnded(new Outcome.Success(Payload.NULL), AT));
		entries.put("run-ended-with-failure", new RunEnded(new Outcome.Failed(failure), AT));
		entries.put("run-ended-with-fields", new RunEnded(new Outcome.Failed(new Failure("java.io.IOException", "gone",
				"", new Failure("a.B", "no", "at c", null, List.of(), Map.of("runId", "order-7", "position", "3")))),
				AT));
		entries.put("step-intended", new StepIntended(position, "charge", json("[7]"), AT));
		entries.put("step-intended-without-arguments", new StepIntended(position, "charge", null, AT));
		entries.put("step-attempt-failed",
				new StepAttemptFailed(position, "charge", json("[7]"), 2, failure, LATER, AT));
		entries.put("step-completed", new StepCompleted(position, "übertragen", json("[7]"),
				new Outcome.Success(json("\"ok\"")), 300, AT.minusMillis(5), AT));
		entries.put("step-completed-with-codecs",
				new StepCompleted(position, "charge", new Payload("aes-1,gzip", new byte[] { 0, -1, 127, -128 }),
						new Outcome.Success(new Payload("gzip", new byte[0])), 1, AT, AT));
		entries.put("step-completed-with-failure",
				new StepCompleted(position, "charge", null, new Outcome.Failed(failure), 3, AT, AT));
		entries.put("side-effect-completed",
				new SideEffectCompleted(position, "dice", new Outcome.Success(json("6")), AT));
		entries.put("timer-set", new TimerSet(position, LATER, AT));
		entries.put("timer-fired", new TimerFired(position, AT));
		entries.put("time-read", new TimeRead(position, Instant.parse("2026-03-01T12:00:00.123456Z")));
		entries.put("time-read-before-1970", new TimeRead(position, Instant.parse("1969-12-31T23:59:59.999999Z")));
		entries.put("uuid-drawn", new UuidDrawn(position, UUID.fromString("0b8e1f5a-93d4-4c2b-8f10-fedcba987654"), AT));
		entries.put("state-changed", new StateChanged(position, "phase", json("\"shipped\""), AT));
		entries.put("state-key-cleared", new StateChanged(position, "phase", null, AT));
		entries.put("state-cleared", new StateChanged(Position.of(1), null, null, AT));
		entries.put("wait-started", new WaitStarted(position, OperationKind.SIGNAL, "approved", LATER, AT));
		entries.put("wait-ended", new WaitEnded(position, OperationKind.SIGNAL, "approved",
				new Outcome.Success(json("{\"by\":\"ada\"}")), AT));
		entries.put("wait-ended-by-time", new WaitEnded(position, OperationKind.CALLBACK_WAIT, "token", null, AT));
		entries.put("callback-opened", new CallbackOpened(position, "b3JkZXItNw.3.1f", AT));
		entries.put("signal-sent",
				new SignalSent(position, "approved", "order-8", new Outcome.Success(Payload.NULL), AT));
		entries.put("value-published", new ValuePublished(position, "progress", json("0.5"), AT));
		entries.put("operation-begun", new OperationBegun(position, OperationKind.BRANCH, "", AT));
		entries.put("operation-cancelled",
				new OperationCancelled(position, OperationKind.SIGNAL, "approved", CancelCause.TIMED_OUT, AT));
		entries.put("child-started", new ChildStarted(position, "ship", "order-7.3", AT));
		entries.put("deadline-set", new DeadlineSet(LATER, AT));
		entries.put("run-ended-with-suppressed-failures",
				new RunEnded(new Outcome.Failed(failure.withSuppressed(List.of(failure, failure))), AT));
		entries.put("run-continued", new RunContinued(3, Map.of("b", json("1"), "a", json("\"x\"")), AT));
		entries.put("trace-kept", new TraceKept(Map.of("traceparent", "00-1-2-01", "tracestate", ""), AT));
		entries.put("run-retried", new RunRetried(List.of(position, Position.of(7)), AT));
		entries.put("failure-traced",
				new FailureTraced(List.of(position, Position.of(4)), List.of(Position.of(2)), AT));
		entries.put("children-reopened", new ChildrenReopened(List.of(Position.of(2), position), AT));
		entries.put("run-started-with-secret", new RunStarted(json("[\"order-7\",42]"), 7,
				new RunSecret(0x0123_4567_89AB_CDEFL, 0xFEDC_BA98_7654_3210L), AT));
		entries.put("callback-opened-without-token", new CallbackOpened(position, null, AT));
		return new LinkedHashMap<>(entries);
	}

	public static JournalEntry random(RandomGenerator random) {
		Position position = position(random);
		Instant at = millis(random);
		return switch (random.nextInt(25)) {
			case 0 -> new RunStarted(payload(random), random.nextLong(),
					random.nextBoolean() ? RunSecret.draw(random) : null, at);
			case 1 -> new RunEnded(outcome(random), at);
			case 2 -> new StepIntended(position, string(random), optionalPayload(random), at);
			case 3 -> new StepAttemptFailed(position, string(random), optionalPayload(random),
					random.nextInt(Integer.MAX_VALUE), failure(random, 64), millis(random), at);
			case 4 -> new StepCompleted(position, string(random), optionalPayload(random), outcome(random),
					random.nextInt(Integer.MAX_VALUE), millis(random), at);
			case 5 -> new SideEffectCompleted(position, string(random), outcome(random), at);
			case 6 -> new TimerSet(position, millis(random), at);
			case 7 -> new TimerFired(position, at);
			case 8 -> new TimeRead(position, at.plusNanos(random.nextInt(1000) * 1000L));
			case 9 -> new UuidDrawn(position, new UUID(random.nextLong(), random.nextLong()), at);
			case 11 -> new WaitStarted(position, kind(random), string(random), millis(random), at);
			case 12 -> new WaitEnded(position, kind(random), string(random),
					random.nextBoolean() ? outcome(random) : null, at);
			case 13 -> new CallbackOpened(position, random.nextBoolean() ? string(random) : null, at);
			case 14 -> new SignalSent(position, string(random), string(random), outcome(random), at);
			case 15 -> new ValuePublished(position, string(random), payload(random), at);
			case 16 -> new OperationBegun(position, kind(random), string(random), at);
			case 17 -> new OperationCancelled(position, kind(random), string(random), cause(random), at);
			case 18 -> new ChildStarted(position, string(random), string(random), at);
			case 21 -> new RunContinued(random.nextInt(9), Map.of(string(random), payload(random)), at);
			case 20 -> new RunRetried(List.of(position, position(random)), at);
			case 22 -> new TraceKept(Map.of(string(random), string(random)), at);
			case 23 -> new FailureTraced(List.of(position, position(random)), List.of(position(random)), at);
			case 24 -> new ChildrenReopened(List.of(position), at);
			case 19 -> new DeadlineSet(millis(random), at);
			default ->
				new StateChanged(position, random.nextBoolean() ? string(random) : null, optionalPayload(random), at);
		};
	}

	private static Payload json(String text) {
		return Payload.json(text.getBytes(StandardCharsets.UTF_8));
	}

	private static OperationKind kind(RandomGenerator random) {
		List<OperationKind> kinds = List.of(OperationKind.values());
		return kinds.get(random.nextInt(kinds.size()));
	}

	private static CancelCause cause(RandomGenerator random) {
		List<CancelCause> causes = List.of(CancelCause.values());
		return causes.get(random.nextInt(causes.size()));
	}

	private static Position position(RandomGenerator random) {
		return Position
			.of(random.ints(random.nextInt(5), 1, 1 << random.nextInt(1, 31)).map((n) -> Math.max(1, n)).toArray());
	}

	private static Instant millis(RandomGenerator random) {
		return Instant.ofEpochMilli(random.nextLong() >> random.nextInt(12, 64));
	}

	private static Outcome outcome(RandomGenerator random) {
		return random.nextBoolean() ? new Outcome.Success(payload(random))
				: new Outcome.Failed(failure(random, random.nextInt(1, 65)));
	}

	private static Failure failure(RandomGenerator random, int depth) {
		Failure failure = null;
		for (int i = 0; i < depth; i++) {
			failure = new Failure(string(random), random.nextBoolean() ? string(random) : null, string(random), failure,
					List.of(), random.nextBoolean() ? Map.of("runId", string(random)) : null);
		}
		return (failure != null) ? failure : new Failure("a.B", null, "", null);
	}

	private static @Nullable Payload optionalPayload(RandomGenerator random) {
		return random.nextBoolean() ? payload(random) : null;
	}

	private static Payload payload(RandomGenerator random) {
		return switch (random.nextInt(4)) {
			case 0 -> Payload.NULL;
			case 1 -> Payload.json(new byte[0]);
			case 2 -> json(string(random));
			default -> {
				byte[] bytes = new byte[random.nextInt(600)];
				random.nextBytes(bytes);
				yield new Payload("codec-" + random.nextInt(9), bytes);
			}
		};
	}

	private static String string(RandomGenerator random) {
		int limit = random.nextBoolean() ? 0x80 : 0xD800;
		return random.ints(random.nextInt(40), 0, limit)
			.collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
			.append(random.nextInt(4) == 0 ? "😀" : "")
			.toString();
	}

}

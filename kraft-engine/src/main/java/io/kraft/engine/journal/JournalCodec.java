package io.kraft.engine.journal;

import java.util.UUID;
import java.util.function.UnaryOperator;

import io.kraft.engine.journal.JournalEntry.CallbackOpened;
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
import io.kraft.engine.journal.JournalEntry.SignalSent;
import io.kraft.engine.journal.JournalEntry.StateChanged;
import io.kraft.engine.journal.JournalEntry.StepAttemptFailed;
import io.kraft.engine.journal.JournalEntry.StepCompleted;
import io.kraft.engine.journal.JournalEntry.StepIntended;
import io.kraft.engine.journal.JournalEntry.TimeRead;
import io.kraft.engine.journal.JournalEntry.TimerFired;
import io.kraft.engine.journal.JournalEntry.TimerSet;
import io.kraft.engine.journal.JournalEntry.TraceKept;
import io.kraft.engine.journal.JournalEntry.UuidDrawn;
import io.kraft.engine.journal.JournalEntry.ValuePublished;
import io.kraft.engine.journal.JournalEntry.WaitEnded;
import io.kraft.engine.journal.JournalEntry.WaitStarted;

/**
 * How entries are written down, for ever: a byte for the format's version, a byte for the
 * entry's type, then its fields in the order of the record's components. What was once
 * written stays readable: a type number is never used again, and a type whose fields
 * change gets a new number. Golden bytes under {@code src/test/resources/journals} verify
 * this.
 */
public final class JournalCodec {

	private static final int VERSION = 1;

	private static final int RUN_STARTED = 1;

	private static final int RUN_ENDED = 2;

	private static final int STEP_INTENDED = 3;

	private static final int STEP_ATTEMPT_FAILED = 4;

	private static final int STEP_COMPLETED = 5;

	private static final int SIDE_EFFECT_COMPLETED = 6;

	private static final int TIMER_SET = 7;

	private static final int TIMER_FIRED = 8;

	private static final int TIME_READ = 9;

	private static final int UUID_DRAWN = 10;

	private static final int STATE_CHANGED = 11;

	private static final int WAIT_STARTED = 12;

	private static final int WAIT_ENDED = 13;

	private static final int CALLBACK_OPENED = 14;

	private static final int SIGNAL_SENT = 15;

	private static final int VALUE_PUBLISHED = 16;

	private static final int OPERATION_BEGUN = 17;

	private static final int OPERATION_CANCELLED = 18;

	private static final int CHILD_STARTED = 19;

	private static final int DEADLINE_SET = 20;

	private static final int RUN_RETRIED = 21;

	private static final int RUN_CONTINUED = 22;

	private static final int TRACE_KEPT = 23;

	private static final int FAILURE_TRACED = 24;

	private static final int CHILDREN_REOPENED = 25;

	private static final int RUN_STARTED_WITH_SECRET = 26;

	private static final int CALLBACK_OPENED_WITHOUT_TOKEN = 27;

	private static final int LAST_TYPE = CALLBACK_OPENED_WITHOUT_TOKEN;

	private JournalCodec() {
	}

	/**
	 * The entry as bytes. Causes of a failure below the 64th are cut off.
	 */
	public static byte[] encode(JournalEntry entry) {
		return encode(entry, UnaryOperator.identity());
	}

	/**
	 * The entry as bytes, with other payloads.
	 * @param payloads called with each payload, in the order of the fields, and of the
	 * keys of a map
	 */
	public static byte[] encode(JournalEntry entry, UnaryOperator<Payload> payloads) {
		EntryWriter out = new EntryWriter(VERSION, payloads);
		switch (entry) {
			case RunStarted e when e.secret() != null -> out.type(RUN_STARTED_WITH_SECRET)
				.payload(e.arguments())
				.fixed64(e.seed())
				.fixed64(e.secret().high())
				.fixed64(e.secret().low())
				.millis(e.at());
			case RunStarted e -> out.type(RUN_STARTED).payload(e.arguments()).fixed64(e.seed()).millis(e.at());
			case RunEnded e -> out.type(RUN_ENDED).outcome(e.outcome()).millis(e.at());
			case StepIntended e -> out.type(STEP_INTENDED)
				.position(e.position())
				.string(e.step())
				.optionalPayload(e.arguments())
				.millis(e.at());
			case StepAttemptFailed e -> out.type(STEP_ATTEMPT_FAILED)
				.position(e.position())
				.string(e.step())
				.optionalPayload(e.arguments())
				.number(e.attempt())
				.failure(e.failure())
				.millis(e.retryAt())
				.millis(e.at());
			case StepCompleted e -> out.type(STEP_COMPLETED)
				.position(e.position())
				.string(e.step())
				.optionalPayload(e.arguments())
				.outcome(e.outcome())
				.number(e.attempts())
				.millis(e.startedAt())
				.millis(e.at());
			case SideEffectCompleted e -> out.type(SIDE_EFFECT_COMPLETED)
				.position(e.position())
				.string(e.name())
				.outcome(e.outcome())
				.millis(e.at());
			case TimerSet e -> out.type(TIMER_SET).position(e.position()).millis(e.dueAt()).millis(e.at());
			case TimerFired e -> out.type(TIMER_FIRED).position(e.position()).millis(e.at());
			case TimeRead e -> out.type(TIME_READ).position(e.position()).micros(e.at());
			case UuidDrawn e -> out.type(UUID_DRAWN)
				.position(e.position())
				.fixed64(e.uuid().getMostSignificantBits())
				.fixed64(e.uuid().getLeastSignificantBits())
				.millis(e.at());
			case StateChanged e -> out.type(STATE_CHANGED)
				.position(e.position())
				.optionalString(e.key())
				.optionalPayload(e.value())
				.millis(e.at());
			case WaitStarted e -> out.type(WAIT_STARTED)
				.position(e.position())
				.kind(e.kind())
				.string(e.name())
				.millis(e.dueAt())
				.millis(e.at());
			case WaitEnded e -> out.type(WAIT_ENDED)
				.position(e.position())
				.kind(e.kind())
				.string(e.name())
				.optionalOutcome(e.outcome())
				.millis(e.at());
			case CallbackOpened e when e.token() != null ->
				out.type(CALLBACK_OPENED).position(e.position()).string(e.token()).millis(e.at());
			case CallbackOpened e -> out.type(CALLBACK_OPENED_WITHOUT_TOKEN).position(e.position()).millis(e.at());
			case SignalSent e -> out.type(SIGNAL_SENT)
				.position(e.position())
				.string(e.signal())
				.string(e.target())
				.outcome(e.outcome())
				.millis(e.at());
			case ValuePublished e ->
				out.type(VALUE_PUBLISHED).position(e.position()).string(e.key()).payload(e.value()).millis(e.at());
			case OperationBegun e ->
				out.type(OPERATION_BEGUN).position(e.position()).kind(e.kind()).string(e.name()).millis(e.at());
			case OperationCancelled e -> out.type(OPERATION_CANCELLED)
				.position(e.position())
				.kind(e.kind())
				.string(e.name())
				.cause(e.cause())
				.millis(e.at());
			case ChildStarted e ->
				out.type(CHILD_STARTED).position(e.position()).string(e.name()).string(e.childId()).millis(e.at());
			case RunContinued e -> out.type(RUN_CONTINUED).number(e.generation()).payloads(e.state()).millis(e.at());
			case RunRetried e -> out.type(RUN_RETRIED).positions(e.forgotten()).millis(e.at());
			case FailureTraced e -> out.type(FAILURE_TRACED).positions(e.from()).positions(e.children()).millis(e.at());
			case ChildrenReopened e -> out.type(CHILDREN_REOPENED).positions(e.children()).millis(e.at());
			case TraceKept e -> out.type(TRACE_KEPT).strings(e.context()).millis(e.at());
			case DeadlineSet e -> out.type(DEADLINE_SET).millis(e.dueAt()).millis(e.at());
		}
		return out.toBytes();
	}

	/**
	 * The entry that the bytes hold.
	 * @throws UnreadableEntryException if they are not an entry that this version knows
	 */
	public static JournalEntry decode(byte[] bytes) {
		return decode(bytes, UnaryOperator.identity());
	}

	/**
	 * The entry that the bytes hold, with other payloads.
	 * @param payloads called with each payload, in the same order as when it was encoded
	 * @throws UnreadableEntryException if they are not an entry that this version knows
	 */
	public static JournalEntry decode(byte[] bytes, UnaryOperator<Payload> payloads) {
		ByteReader raw = new ByteReader(bytes);
		int version = raw.readByte();
		if (version != VERSION) {
			throw UnreadableEntryException.unknownFormat("format version " + version, "version " + VERSION + " only");
		}
		EntryReader in = new EntryReader(raw, payloads);
		JournalEntry entry = decode(raw.readByte(), in);
		raw.end();
		return entry;
	}

	/**
	 * An outcome on its own, as bytes.
	 */
	public static byte[] encodeOutcome(Outcome outcome) {
		return new EntryWriter(VERSION, UnaryOperator.identity()).outcome(outcome).toBytes();
	}

	/**
	 * The outcome that the bytes hold.
	 * @throws UnreadableEntryException if they are not an entry that this version knows
	 */
	public static Outcome decodeOutcome(byte[] bytes) {
		ByteReader raw = new ByteReader(bytes);
		int version = raw.readByte();
		if (version != VERSION) {
			throw UnreadableEntryException.unknownFormat("format version " + version, "version " + VERSION + " only");
		}
		Outcome outcome = new EntryReader(raw, UnaryOperator.identity()).outcome();
		raw.end();
		return outcome;
	}

	// Arguments are evaluated from left to right, so in the order in which they were
	// written.
	private static JournalEntry decode(int type, EntryReader in) {
		return switch (type) {
			case RUN_STARTED -> new RunStarted(in.payload(), in.fixed64(), null, in.millis());
			case RUN_STARTED_WITH_SECRET ->
				new RunStarted(in.payload(), in.fixed64(), new RunSecret(in.fixed64(), in.fixed64()), in.millis());
			case RUN_ENDED -> new RunEnded(in.outcome(), in.millis());
			case STEP_INTENDED -> new StepIntended(in.position(), in.string(), in.optionalPayload(), in.millis());
			case STEP_ATTEMPT_FAILED -> new StepAttemptFailed(in.position(), in.string(), in.optionalPayload(),
					in.number(), in.failure(), in.millis(), in.millis());
			case STEP_COMPLETED -> new StepCompleted(in.position(), in.string(), in.optionalPayload(), in.outcome(),
					in.number(), in.millis(), in.millis());
			case SIDE_EFFECT_COMPLETED ->
				new SideEffectCompleted(in.position(), in.string(), in.outcome(), in.millis());
			case TIMER_SET -> new TimerSet(in.position(), in.millis(), in.millis());
			case TIMER_FIRED -> new TimerFired(in.position(), in.millis());
			case TIME_READ -> new TimeRead(in.position(), in.micros());
			case UUID_DRAWN -> new UuidDrawn(in.position(), new UUID(in.fixed64(), in.fixed64()), in.millis());
			case STATE_CHANGED ->
				new StateChanged(in.position(), in.optionalString(), in.optionalPayload(), in.millis());
			case WAIT_STARTED -> new WaitStarted(in.position(), in.kind(), in.string(), in.millis(), in.millis());
			case WAIT_ENDED -> new WaitEnded(in.position(), in.kind(), in.string(), in.optionalOutcome(), in.millis());
			case CALLBACK_OPENED -> new CallbackOpened(in.position(), in.string(), in.millis());
			case CALLBACK_OPENED_WITHOUT_TOKEN -> new CallbackOpened(in.position(), null, in.millis());
			case SIGNAL_SENT -> new SignalSent(in.position(), in.string(), in.string(), in.outcome(), in.millis());
			case VALUE_PUBLISHED -> new ValuePublished(in.position(), in.string(), in.payload(), in.millis());
			case OPERATION_BEGUN -> new OperationBegun(in.position(), in.kind(), in.string(), in.millis());
			case OPERATION_CANCELLED ->
				new OperationCancelled(in.position(), in.kind(), in.string(), in.cause(), in.millis());
			case CHILD_STARTED -> new ChildStarted(in.position(), in.string(), in.string(), in.millis());
			case DEADLINE_SET -> new DeadlineSet(in.millis(), in.millis());
			case RUN_RETRIED -> new RunRetried(in.positions(), in.millis());
			case FAILURE_TRACED -> new FailureTraced(in.positions(), in.positions(), in.millis());
			case CHILDREN_REOPENED -> new ChildrenReopened(in.positions(), in.millis());
			case TRACE_KEPT -> new TraceKept(in.strings(), in.millis());
			case RUN_CONTINUED -> new RunContinued(in.number(), in.payloads(), in.millis());
			default -> throw UnreadableEntryException.unknownFormat("type " + type,
					"types " + RUN_STARTED + " to " + LAST_TYPE);
		};
	}

}

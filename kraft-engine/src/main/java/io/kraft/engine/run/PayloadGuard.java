package io.kraft.engine.run;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import io.kraft.client.UnexpectedPayloadException;
import io.kraft.engine.journal.Outcome;
import io.kraft.engine.journal.Payload;
import io.kraft.engine.journal.PayloadConverter;
import io.kraft.engine.ledger.RunRecord;
import io.kraft.engine.run.WaitCondition.MessageKey;
import io.kraft.engine.store.Message;
import io.kraft.workflow.KraftException;
import org.jspecify.annotations.Nullable;

/**
 * Refuses messages that would pause their run, because it waits in memory for one with a
 * payload of another type. Thread-safe.
 * <p>
 * The payload is read before the decision about the run, as the types that the run
 * expects then, for reading may take long. The decision is for those types only: where
 * the run has moved on since, the payload is read again. One that does not fit is refused
 * only if it would be the next that the run takes: behind another message of the same
 * name it may be for a later wait, of whose type nothing is known.
 */
final class PayloadGuard {

	private final LoadedRuns loadedRuns;

	private final FirstMessages firsts;

	private final PayloadConverter payloads;

	PayloadGuard(LoadedRuns loadedRuns, FirstMessages firsts, PayloadConverter payloads) {
		this.loadedRuns = loadedRuns;
		this.firsts = firsts;
		this.payloads = payloads;
	}

	/**
	 * Reads what is about to be sent, outside of decisions.
	 * @param run number of the run that it is for
	 */
	Checked check(long run, MessageKey key, Outcome outcome) {
		if (!(outcome instanceof Outcome.Success(Payload payload))) {
			return new Checked(key, false, Set.of(), null);
		}
		Set<ExpectedPayload> expected = expected(run, key);
		KraftException misfit = null;
		for (ExpectedPayload type : expected) {
			try {
				type.read(this.payloads, payload, "its payload");
				return new Checked(key, true, expected, null);
			}
			catch (KraftException ex) {
				misfit = ex;
			}
		}
		return new Checked(key, true, expected, misfit);
	}

	/**
	 * Decides about a message that was checked, in a decision about its run.
	 * @param number of the message in its inbox, which says where its place is
	 * @return false if the run waits for something else since, so that it is to be
	 * checked again
	 * @throws UnexpectedPayloadException if it is refused
	 */
	boolean admits(String id, RunRecord record, Checked checked, long number) {
		if (!checked.isRead()) {
			return true;
		}
		if (checked.misfit() != null) {
			record.awaitDurable();
		}
		if (!checked.expected().equals(expected(record.run(), checked.key()))) {
			return false;
		}
		if (checked.misfit() == null || this.firsts.isBefore(record.run(), checked.key(), number)) {
			return true;
		}
		throw refusal(id, checked, checked.misfit());
	}

	private Set<ExpectedPayload> expected(long run, MessageKey key) {
		LoadedRun loaded = this.loadedRuns.find(run);
		return (loaded != null) ? loaded.awaited().expected(key) : Set.of();
	}

	private static UnexpectedPayloadException refusal(String id, Checked checked, KraftException misfit) {
		String expected = checked.expected()
			.stream()
			.map((payload) -> payload.type().getTypeName())
			.sorted(Comparator.naturalOrder())
			.collect(Collectors.joining(", "));
		MessageKey key = checked.key();
		String what = (key.kind() == Message.Kind.SIGNAL) ? "signal '" + key.name() + "'"
				: "the value of callback '" + key.name() + "'";
		return new UnexpectedPayloadException(
				what + " was not sent to run '" + id + "', which waits for it as " + expected + ": " + reason(misfit)
						+ " Send a payload of that type. See docs/reference/errors.md#kraft-3013",
				misfit, id, expected);
	}

	/** Without its own code, and the place where that is explained. */
	private static String reason(KraftException misfit) {
		String message = String.valueOf(misfit.getMessage());
		for (String part : List.of(misfit.code() + ": ", " See " + misfit.link())) {
			message = message.replace(part, "");
		}
		return message;
	}

	/**
	 * What was read of a message.
	 *
	 * @param isRead whether it has a payload at all
	 * @param expected by the run, when that was read
	 * @param misfit why it is not one of those; null if it is one, or if none is known
	 */
	record Checked(MessageKey key, boolean isRead, Set<ExpectedPayload> expected, @Nullable KraftException misfit) {
	}

}

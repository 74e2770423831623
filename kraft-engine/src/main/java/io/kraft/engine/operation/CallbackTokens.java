package io.kraft.engine.operation;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;

import io.kraft.client.WorkflowNotFoundException;
import io.kraft.engine.journal.JournalCodec;
import io.kraft.engine.journal.JournalEntry.RunStarted;
import io.kraft.engine.journal.MaskedTokens;
import io.kraft.engine.journal.RunSecret;
import io.kraft.engine.journal.RunSecret.Purpose;
import io.kraft.engine.journal.UnreadableEntryException;
import io.kraft.engine.run.WaitCondition.MessageKey;
import io.kraft.engine.store.Message;
import io.kraft.engine.store.RunRow;
import io.kraft.engine.store.Store;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of callbacks: {@code <id of the run>~<place>~<signature>}. The signature is
 * derived from the secret of the run's journal, so that none can be made up, whatever
 * else of the run is known. Each text that is no token of a callback is refused in the
 * same way.
 */
public final class CallbackTokens {

	/** An id has at most 512 characters, of which each is at most 4 in Base64. */
	private static final int MAX_LENGTH = 4096;

	private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

	private CallbackTokens() {
	}

	/**
	 * The token of a callback.
	 * @param place of the operation that opened it, among all journals of the run
	 */
	static String of(String run, String place, RunSecret secret) {
		return token(run, place, signature(run, place, secret));
	}

	/**
	 * What stands for the token in the replay of a journal that was exported, as it does
	 * in that.
	 */
	static String masked(String run, String place) {
		return token(run, place, MaskedTokens.MASK);
	}

	/**
	 * The id of the run whose callback a token says that it belongs to; whether it does
	 * is for {@link #callback} to find out.
	 * @return empty if the text is no token
	 */
	public static String run(String token) {
		String[] parts = parts(token);
		return (parts.length == 3) ? id(parts[0]) : "";
	}

	private static String[] parts(String token) {
		return (token.length() <= MAX_LENGTH) ? token.split("~", -1) : new String[0];
	}

	/**
	 * Finds the callback of a token.
	 * @param memory knows callbacks that were just opened
	 * @param opened knows those in journals
	 * @throws WorkflowNotFoundException if there is none
	 */
	public static Callback callback(String token, Store store, InMemory memory, OpenedCallbacks opened) {
		String[] parts = parts(token);
		if (parts.length == 3) {
			RunRow row = store.run(id(parts[0])).orElse(null);
			RunSecret secret = (row != null) ? secret(row, store) : null;
			if (row != null && secret != null && isSigned(row.id(), parts[1], secret, token)
					&& (memory.isOpen(row.number(), new MessageKey(Message.Kind.CALLBACK, parts[1]))
							|| !opened.isSomethingElse(row.number(), secret, position(parts[1])))) {
				return new Callback(row.id(), row.number(), parts[1]);
			}
		}
		throw new WorkflowNotFoundException(
				"the token belongs to no callback: it was not made by callback(…).token(), its run was removed or has "
						+ "continued as new, or a retry has dropped the callback. See docs/reference/errors.md#kraft-3001");
	}

	/** The whole text, as there is one spelling of each token only. */
	private static boolean isSigned(String run, String place, RunSecret secret, String token) {
		return MessageDigest.isEqual(of(run, place, secret).getBytes(StandardCharsets.UTF_8),
				token.getBytes(StandardCharsets.UTF_8));
	}

	/** Without the generation in front of it. */
	private static String position(String place) {
		return place.substring(place.indexOf(':') + 1);
	}

	private static String token(String run, String place, String signature) {
		return BASE64.encodeToString(run.getBytes(StandardCharsets.UTF_8)) + "~" + place + "~" + signature;
	}

	private static String signature(String run, String place, RunSecret secret) {
		return BASE64.encodeToString(secret.derive(Purpose.CALLBACK, run, place));
	}

	/**
	 * The message id under which the completion of a callback is known to its run.
	 */
	public static String messageId(String place) {
		return "callback/" + place;
	}

	private static String id(String encoded) {
		try {
			return new String(Base64.getUrlDecoder().decode(encoded), StandardCharsets.UTF_8);
		}
		catch (IllegalArgumentException ex) {
			return "";
		}
	}

	private static @Nullable RunSecret secret(RunRow row, Store store) {
		try {
			byte[] first = store.entry(row.number(), 0);
			return (first != null && JournalCodec.decode(first) instanceof RunStarted started) ? started.secret()
					: null;
		}
		catch (UnreadableEntryException ex) {
			return null;
		}
	}

	/**
	 * A callback of a run.
	 *
	 * @param run id of the run
	 * @param number of the run
	 * @param place of the operation that opened it, among all journals of the run
	 */
	public record Callback(String run, long number, String place) {
	}

	/**
	 * The runs in memory.
	 */
	@FunctionalInterface
	public interface InMemory {

		/**
		 * Whether a run has opened a callback.
		 */
		boolean isOpen(long run, MessageKey callback);

	}

}

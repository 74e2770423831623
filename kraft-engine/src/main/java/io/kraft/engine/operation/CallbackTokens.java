package io.kraft.engine.operation;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;

import io.kraft.client.WorkflowNotFoundException;
import io.kraft.engine.journal.JournalCodec;
import io.kraft.engine.journal.JournalEntry.RunStarted;
import io.kraft.engine.journal.Position;
import io.kraft.engine.run.LoadedRun;
import io.kraft.engine.store.RunRow;
import io.kraft.engine.store.Store;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of callbacks: where the callback is, and a secret that only the run's seed
 * gives, so that none can be made up.
 */
public final class CallbackTokens {

	private CallbackTokens() {
	}

	static String of(LoadedRun run, Position callback) {
		String position = run.place(callback);
		return token(run.id(), position, secret(run.id(), run.seed(), position));
	}

	/**
	 * The token of a callback of a run whose journal is durable.
	 * @param position of the callback, among all journals of the run
	 * @return null if the journal has no beginning
	 */
	public static @Nullable String of(RunRow row, String position, Store store) {
		String secret = secret(row, position, store);
		return (secret != null) ? token(row.id(), position, secret) : null;
	}

	/**
	 * Finds the callback of a token.
	 * @throws WorkflowNotFoundException if there is none
	 */
	public static Callback callback(String token, Store store) {
		String[] parts = token.split("~", -1);
		if (parts.length == 3) {
			RunRow row = store.run(id(parts[0])).orElse(null);
			if (row != null && parts[2].equals(secret(row, parts[1], store))) {
				return new Callback(row.id(), parts[1]);
			}
		}
		throw new WorkflowNotFoundException(
				"the token belongs to no callback: it was not made by callback(…).token(), or its run was removed. "
						+ "See docs/reference/errors.md#kraft-3001");
	}

	private static String token(String run, String position, String secret) {
		String id = Base64.getUrlEncoder().withoutPadding().encodeToString(run.getBytes(StandardCharsets.UTF_8));
		return id + "~" + position + "~" + secret;
	}

	/**
	 * The message id under which the completion of a callback is known.
	 */
	public static String messageId(String token) {
		return "callback/" + token;
	}

	/**
	 * Whether a token is that of the callback at a position.
	 * @param position among all journals of the run
	 */
	public static boolean isAt(String token, String position) {
		return token.contains("~" + position + "~");
	}

	private static String id(String encoded) {
		try {
			return new String(Base64.getUrlDecoder().decode(encoded), StandardCharsets.UTF_8);
		}
		catch (IllegalArgumentException ex) {
			return "";
		}
	}

	private static @Nullable String secret(RunRow row, String position, Store store) {
		byte[] first = store.entry(row.number(), 0);
		return (first != null && JournalCodec.decode(first) instanceof RunStarted started)
				? secret(row.id(), started.seed(), position) : null;
	}

	private static String secret(String id, long seed, String position) {
		String text = "callback\n" + id + '\n' + seed + '\n' + position;
		return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)).toString();
	}

	/**
	 * A callback of a run.
	 *
	 * @param position of the operation that opened it, among all journals of the run
	 */
	public record Callback(String run, String position) {
	}

}

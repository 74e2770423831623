package io.kraft.engine.store;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

import io.kraft.engine.journal.UnreadableEntryException;

/**
 * An operation of a run that may be in another partition, for which something is done in
 * this one: it starts a child, waits for its end, or sends to it. Immutable.
 *
 * @param id of the run
 * @param run its number in its own partition, so that a later run of that id is not taken
 * for it
 * @param position of the operation among all journals of the run
 */
public record Requester(String id, long run, String position) {

	/** Begins the name; a number in decimal, which names a run here, never does. */
	private static final char ELSEWHERE = '@';

	/**
	 * Whether the name of a message is that of a requester in another partition.
	 */
	public static boolean isName(String name) {
		return !name.isEmpty() && name.charAt(0) == ELSEWHERE;
	}

	/**
	 * The requester that a message names.
	 * @throws UnreadableEntryException if it names none
	 */
	public static Requester parse(String name) {
		int first = name.indexOf('/');
		int second = name.indexOf('/', first + 1);
		if (!isName(name) || first < 2 || second < 0) {
			throw unreadable(name);
		}
		try {
			String id = new String(Base64.getUrlDecoder().decode(name.substring(1, first)), StandardCharsets.UTF_8);
			Requester requester = new Requester(id, Long.parseLong(name, first + 1, second, 10),
					name.substring(second + 1));
			if (!requester.name().equals(name)) {
				throw unreadable(name);
			}
			return requester;
		}
		catch (IllegalArgumentException ex) {
			throw unreadable(name);
		}
	}

	/**
	 * How a message names it; read back by {@link #parse}.
	 */
	public String name() {
		return ELSEWHERE
				+ Base64.getUrlEncoder().withoutPadding().encodeToString(this.id.getBytes(StandardCharsets.UTF_8)) + "/"
				+ this.run + "/" + this.position;
	}

	private static UnreadableEntryException unreadable(String name) {
		return UnreadableEntryException.corrupt("'" + name + "' names no operation of a run in another partition");
	}

}

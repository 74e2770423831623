package io.kraft.cluster.membership;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Pings that are under way for other members.
 */
final class Relays {

	/** The oldest are dropped beyond it. */
	static final int LIMIT = 256;

	private final Map<Long, Relay> relays = new LinkedHashMap<>();

	void add(long sequence, Relay relay) {
		this.relays.put(sequence, relay);
		if (this.relays.size() > LIMIT) {
			this.relays.remove(this.relays.keySet().iterator().next());
		}
	}

	@Nullable Relay take(long sequence, MemberId answering) {
		Relay relay = this.relays.get(sequence);
		if (relay == null || !relay.target.equals(answering)) {
			return null;
		}
		this.relays.remove(sequence);
		return relay;
	}

	void expire(long now) {
		this.relays.values().removeIf((relay) -> now >= relay.until);
	}

	/**
	 * A ping for another member.
	 *
	 * @param origin where the answer is awaited
	 * @param originId by whom
	 * @param sequence under which
	 * @param target who is to answer
	 * @param until when the answer is of no use
	 */
	record Relay(String origin, MemberId originId, long sequence, MemberId target, long until) {
	}

}

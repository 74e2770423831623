package io.kraft.cluster.membership;

import java.util.ArrayList;
import java.util.List;

/**
 * What follows from an input.
 *
 * @param messages to be sent; each may get lost
 * @param events what has changed, in order
 */
public record SwimOutput(List<Outgoing> messages, List<MemberEvent> events) {

	/**
	 * A message to be sent.
	 *
	 * @param address where to
	 * @param message what
	 */
	public record Outgoing(String address, SwimMessage message) {
	}

	static SwimOutput collecting() {
		return new SwimOutput(new ArrayList<>(), new ArrayList<>());
	}

	boolean isEmpty() {
		return this.messages.isEmpty() && this.events.isEmpty();
	}

}

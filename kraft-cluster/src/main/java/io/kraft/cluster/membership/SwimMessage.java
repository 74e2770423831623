package io.kraft.cluster.membership;

import java.util.List;

/**
 * What one member sends to another. Each message carries claims about members.
 *
 * @param from the sender
 * @param address of the sender
 * @param content why it is sent
 * @param updates claims about members, at most {@link #MAX_UPDATES}
 */
public record SwimMessage(MemberId from, String address, Content content, List<Member> updates) {

	/** The most claims in a message. */
	public static final int MAX_UPDATES = 64;

	/**
	 * Copies the claims.
	 */
	public SwimMessage {
		updates = List.copyOf(updates);
		if (updates.size() > MAX_UPDATES) {
			throw new IllegalArgumentException("a message has at most " + MAX_UPDATES + " claims");
		}
	}

	/**
	 * Why a message is sent.
	 */
	public sealed interface Content {

		/**
		 * Asks a member for an answer.
		 *
		 * @param sequence repeated by the answer
		 * @param target who is to answer: at an address there may be another one
		 * meanwhile
		 */
		record Ping(long sequence, MemberId target) implements Content {
		}

		/**
		 * Asks a member to ask another one.
		 *
		 * @param sequence repeated by the answer
		 * @param target who is to answer
		 * @param targetAddress where it is
		 */
		record PingRequest(long sequence, MemberId target, String targetAddress) implements Content {
		}

		/**
		 * Answers a ping or a request.
		 *
		 * @param sequence that of the question
		 * @param of who has answered
		 */
		record Ack(long sequence, MemberId of) implements Content {
		}

		/**
		 * A part of the whole list.
		 *
		 * @param wantsAnswer whether that of the receiver is asked for
		 */
		record Sync(boolean wantsAnswer) implements Content {
		}

		/**
		 * Only the claims.
		 */
		record News() implements Content {
		}

	}

}

package io.kraft.cluster.membership;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Claims that are spread by being added to messages, each to a bounded number of them
 * (section 4.1 of the paper). Those that were added least often go first, of these the
 * newest. A newer claim about a member takes the place of an older one.
 */
final class Dissemination {

	/** The paper's lambda. */
	private static final int MULTIPLIER = 3;

	private static final Comparator<Item> ORDER = Comparator.comparingInt((Item item) -> item.sent)
		.thenComparing(Comparator.comparingLong((Item item) -> item.number).reversed());

	private final Map<MemberId, Item> items = new HashMap<>();

	private long added;

	/**
	 * How often a claim is sent.
	 * @param members how many there are, this one included
	 */
	static int transmissions(int members) {
		// The logarithm of n + 1, rounded up.
		return MULTIPLIER * (Integer.SIZE - Integer.numberOfLeadingZeros(members));
	}

	void add(Member claim) {
		this.items.put(claim.id(), new Item(claim, this.added++));
	}

	/**
	 * The next claims for a message.
	 * @param most how many
	 * @param members how many members there are
	 */
	List<Member> next(int most, int members) {
		List<Item> next = this.items.values().stream().sorted(ORDER).limit(most).toList();
		int transmissions = transmissions(members);
		List<Member> claims = new ArrayList<>();
		for (Item item : next) {
			claims.add(item.claim);
			item.sent++;
			if (item.sent >= transmissions) {
				this.items.remove(item.claim.id());
			}
		}
		return claims;
	}

	private static final class Item {

		private final Member claim;

		private final long number;

		private int sent;

		private Item(Member claim, long number) {
			this.claim = claim;
			this.number = number;
		}

	}

}

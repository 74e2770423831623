package io.kraft.cluster.membership;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.random.RandomGenerator;

import org.jspecify.annotations.Nullable;

/**
 * Whom to ask next: each member once in a round, in an order that is drawn anew for each
 * round (section 4.3 of the paper). So a failure is noticed within two rounds by each
 * member, not only most likely.
 */
final class ProbeOrder {

	private final RandomGenerator random;

	private final List<MemberId> round = new ArrayList<>();

	private final Set<MemberId> inRound = new HashSet<>();

	ProbeOrder(RandomGenerator random) {
		this.random = random;
	}

	/**
	 * The next one.
	 * @param present those that can be asked
	 * @return null if there is none
	 */
	@Nullable Member next(List<Member> present) {
		if (present.isEmpty()) {
			return null;
		}
		List<MemberId> ids = present.stream().map(Member::id).toList();
		if (this.round.isEmpty()) {
			this.inRound.clear();
		}
		// Who came meanwhile gets a random place in the round.
		for (MemberId id : ids) {
			if (this.inRound.add(id)) {
				this.round.add(this.random.nextInt(this.round.size() + 1), id);
			}
		}
		while (!this.round.isEmpty()) {
			int at = ids.indexOf(this.round.removeLast());
			if (at >= 0) {
				return present.get(at);
			}
		}
		// All that were left in this round are gone.
		return next(present);
	}

	/**
	 * Some at random.
	 */
	List<Member> some(int most, List<Member> of) {
		List<Member> shuffled = new ArrayList<>(of);
		Collections.shuffle(shuffled, Random.from(this.random));
		return shuffled.subList(0, Math.min(most, shuffled.size()));
	}

}

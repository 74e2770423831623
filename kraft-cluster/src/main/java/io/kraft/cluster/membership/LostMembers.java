package io.kraft.cluster.membership;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Members that are in the list no more, with the last claim about each. An older claim
 * that is still on its way brings none of them back; and those that died are looked for
 * now and then, since the two sides of a split network have lost each other.
 */
final class LostMembers {

	/** The oldest are dropped beyond it. */
	static final int LIMIT = 1000;

	/** A day: no claim is on its way for so long. */
	static final long KEPT_MILLIS = 86_400_000;

	private final Map<MemberId, Lost> lost = new LinkedHashMap<>();

	@Nullable Member find(MemberId id) {
		Lost found = this.lost.get(id);
		return (found != null) ? found.claim : null;
	}

	void add(Member claim, long now) {
		this.lost.remove(claim.id());
		this.lost.put(claim.id(), new Lost(claim, now));
		if (this.lost.size() > LIMIT) {
			this.lost.remove(this.lost.keySet().iterator().next());
		}
	}

	void remove(MemberId id) {
		this.lost.remove(id);
	}

	void expire(long now) {
		this.lost.values().removeIf((one) -> now - one.since >= KEPT_MILLIS);
	}

	/** Those that have not left. */
	List<Member> dead() {
		return this.lost.values().stream().map(Lost::claim).filter((one) -> one.state() == MemberState.DEAD).toList();
	}

	private record Lost(Member claim, long since) {
	}

}

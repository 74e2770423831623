package io.kraft.cluster.membership;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

import io.kraft.cluster.membership.MemberEvent.Kind;
import org.jspecify.annotations.Nullable;

/**
 * The other members, as one of them knows them: which claim holds, and since when a
 * member has its state.
 */
final class MemberList {

	/** More are not taken into the list. */
	static final int LIMIT = 1024;

	private final long suspectMillis;

	private final long deadMillis;

	private final Map<MemberId, Entry> entries = new TreeMap<>();

	private final LostMembers lost = new LostMembers();

	MemberList(SwimSettings settings) {
		this.suspectMillis = settings.suspectTimeout().toMillis();
		this.deadMillis = settings.deadTimeout().toMillis();
	}

	/**
	 * What changes by a claim.
	 * @return null if it is older than what is known, or repeats it
	 */
	@Nullable Change merge(Member claim, long now) {
		Entry entry = this.entries.get(claim.id());
		if (entry == null) {
			return add(claim, now);
		}
		if (!claim.replaces(entry.member)) {
			return null;
		}
		Member former = entry.member;
		boolean isRenewed = claim.state() == former.state() && claim.state() != MemberState.SUSPECT;
		this.entries.put(claim.id(), new Entry(claim, isRenewed ? entry.since : now));
		return new Change(kind(former, claim), claim);
	}

	private @Nullable Change add(Member claim, long now) {
		Member former = this.lost.find(claim.id());
		if (former != null && !claim.replaces(former)) {
			return null;
		}
		if (!claim.state().isPresent()) {
			// Never seen here: there is nothing to show, but what is older must not join.
			this.lost.add(claim, now);
			return null;
		}
		if (isFull()) {
			return null;
		}
		this.lost.remove(claim.id());
		this.entries.put(claim.id(), new Entry(claim, now));
		return new Change((former != null) ? Kind.RETURNED : Kind.JOINED, claim);
	}

	private static @Nullable Kind kind(Member former, Member claim) {
		return switch (claim.state()) {
			case ALIVE -> switch (former.state()) {
				case ALIVE -> Kind.UPDATED;
				case SUSPECT -> Kind.REFUTED;
				case DEAD, LEFT -> Kind.RETURNED;
			};
			case SUSPECT -> switch (former.state()) {
				case ALIVE -> Kind.SUSPECTED;
				case SUSPECT -> null;
				case DEAD, LEFT -> Kind.RETURNED;
			};
			case DEAD -> former.state().isPresent() ? Kind.DIED : null;
			case LEFT -> Kind.LEFT;
		};
	}

	/**
	 * What changes by the time.
	 */
	List<Change> expire(long now) {
		List<Change> changes = new ArrayList<>();
		for (Entry entry : List.copyOf(this.entries.values())) {
			Member member = entry.member;
			if (now < due(entry)) {
				continue;
			}
			if (member.state() == MemberState.SUSPECT) {
				Member dead = member.with(MemberState.DEAD);
				this.entries.put(dead.id(), new Entry(dead, now));
				changes.add(new Change(Kind.DIED, dead));
			}
			else {
				this.entries.remove(member.id());
				this.lost.add(member, now);
				changes.add(new Change(Kind.FORGOTTEN, member));
			}
		}
		this.lost.expire(now);
		return changes;
	}

	/** When the next change by the time is due; empty if there is none. */
	OptionalLong nextDue() {
		return this.entries.values().stream().mapToLong(this::due).filter((due) -> due < Long.MAX_VALUE).min();
	}

	private long due(Entry entry) {
		return switch (entry.member.state()) {
			case ALIVE -> Long.MAX_VALUE;
			case SUSPECT -> entry.since + this.suspectMillis;
			case DEAD, LEFT -> entry.since + this.deadMillis;
		};
	}

	boolean isFull() {
		return this.entries.size() >= LIMIT;
	}

	@Nullable Member find(MemberId id) {
		Entry entry = this.entries.get(id);
		return (entry != null) ? entry.member : null;
	}

	/** The last claim about a member, also about one that is in the list no more. */
	@Nullable Member lastKnown(MemberId id) {
		Member found = find(id);
		return (found != null) ? found : this.lost.find(id);
	}

	List<Member> all() {
		return this.entries.values().stream().map(Entry::member).toList();
	}

	List<Member> present() {
		return this.entries.values().stream().map(Entry::member).filter((one) -> one.state().isPresent()).toList();
	}

	/**
	 * Those that died, in the list or not: they may be there again, behind a split that
	 * has ended.
	 */
	List<Member> dead() {
		List<Member> dead = new ArrayList<>(this.lost.dead());
		all().stream().filter((one) -> one.state() == MemberState.DEAD).forEach(dead::add);
		return dead;
	}

	/** The one that is suspected for the longest time. */
	@Nullable Member oldestSuspect() {
		return this.entries.values()
			.stream()
			.filter((entry) -> entry.member.state() == MemberState.SUSPECT)
			.min(Comparator.comparingLong(Entry::since))
			.map(Entry::member)
			.orElse(null);
	}

	/**
	 * What has changed.
	 *
	 * @param kind null if it is only a newer claim of the same state
	 */
	record Change(@Nullable Kind kind, Member member) {
	}

	private record Entry(Member member, long since) {
	}

}

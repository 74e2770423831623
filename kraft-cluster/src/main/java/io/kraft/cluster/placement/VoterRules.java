package io.kraft.cluster.placement;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

import io.kraft.cluster.membership.MemberId;
import org.jspecify.annotations.Nullable;

/**
 * Which members vote in the management group: 1, 3 or 5 of those that have been members
 * for the longest time, spread over zones. A voter that stays is kept.
 */
final class VoterRules {

	private static final int MOST_VOTERS = 5;

	private static final int REPLACED_IN_ONE_STEP = 3;

	private final PlacementView view;

	private final PlacementSettings settings;

	private final long now;

	VoterRules(PlacementView view, PlacementSettings settings, long now) {
		this.view = view;
		this.settings = settings;
		this.now = now;
	}

	void addTo(List<PlacementStep> steps) {
		SortedSet<MemberId> voters = this.view.voters();
		// One that was asked to leave can go also where no other one can come.
		MemberId lost = voters.stream()
			.filter(this::isLost)
			.min(Comparator.comparing((MemberId id) -> !isLeaving(id)).thenComparing(Comparator.naturalOrder()))
			.orElse(null);
		MemberId next = next();
		SortedSet<MemberId> changed = new TreeSet<>(voters);
		if (voters.size() > targetSize()) {
			changed.remove((lost != null) ? lost : youngest());
		}
		else if (lost != null && next != null) {
			changed.add(next);
			if (voters.size() >= REPLACED_IN_ONE_STEP) {
				changed.remove(lost);
			}
		}
		else if (lost != null && isLeaving(lost)) {
			// No member can take its place, and it is not to be kept for that.
			changed.remove(lost);
		}
		else if (voters.size() < targetSize() && next != null) {
			changed.add(next);
		}
		if (!changed.equals(voters) && keepsMajority(changed)) {
			steps.add(new PlacementStep.ChangeVoters(changed));
		}
	}

	/** Those that stay vote; a death takes no vote away. */
	private int targetSize() {
		int staying = (int) this.view.nodes().stream().filter((node) -> !node.isLeaving()).count();
		int most = Math.min(MOST_VOTERS, Math.max(1, staying));
		return (most % 2 == 0) ? most - 1 : most;
	}

	private boolean isLost(MemberId id) {
		PlacementNode node = this.view.node(id);
		return node == null || node.isLeaving()
				|| (node.isGone() && this.now - node.since() >= this.settings.replacedAfterMillis());
	}

	private boolean isLeaving(MemberId id) {
		PlacementNode node = this.view.node(id);
		return node == null || node.isLeaving();
	}

	/** The longest member, of a zone that has no vote yet if there is one. */
	private @Nullable MemberId next() {
		Set<String> zones = this.view.nodes()
			.stream()
			.filter((node) -> this.view.voters().contains(node.id()) && !isLost(node.id()))
			.map(PlacementNode::zone)
			.collect(Collectors.toSet());
		return this.view.nodes()
			.stream()
			.filter((node) -> node.canTake() && !this.view.voters().contains(node.id()))
			.min(Comparator.comparing((PlacementNode node) -> zones.contains(node.zone()))
				.thenComparingLong(PlacementNode::order))
			.map(PlacementNode::id)
			.orElse(null);
	}

	private @Nullable MemberId youngest() {
		return this.view.nodes()
			.stream()
			.filter((node) -> this.view.voters().contains(node.id()))
			.max(Comparator.comparing((PlacementNode node) -> !node.isAlive()).thenComparingLong(PlacementNode::order))
			.map(PlacementNode::id)
			.orElse(null);
	}

	/**
	 * Of those that are voters before and after, enough answer for a majority of either.
	 */
	private boolean keepsMajority(SortedSet<MemberId> changed) {
		SortedSet<MemberId> voters = this.view.voters();
		long answering = voters.stream().filter(this.view::isAlive).count();
		long remaining = voters.stream().filter((id) -> changed.contains(id) && this.view.isAlive(id)).count();
		long coming = changed.stream().filter((id) -> !voters.contains(id) && this.view.isAlive(id)).count();
		return answering > voters.size() / 2 && remaining + coming > changed.size() / 2;
	}

}

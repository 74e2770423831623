package io.kraft.cluster.management;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

import io.kraft.cluster.management.FormationMessage.AskPromise;
import io.kraft.cluster.management.FormationMessage.AskRelease;
import io.kraft.cluster.management.FormationMessage.Declined;
import io.kraft.cluster.management.FormationMessage.InCluster;
import io.kraft.cluster.management.FormationMessage.Promised;
import io.kraft.cluster.management.FormationMessage.Reason;
import io.kraft.cluster.management.FormationMessage.Released;
import io.kraft.cluster.management.FormationOutput.Decision;
import io.kraft.cluster.membership.MemberId;
import org.jspecify.annotations.Nullable;

/**
 * How nodes without data become one cluster and not two: as a state machine without
 * clock, thread or network. Not thread-safe.
 * <p>
 * Each node gives one promise, durably, to the lowest fresh node that it sees, which may
 * be itself. One that has promised itself asks the others, and forms with the promises of
 * {@code initial-nodes} nodes. A promise is taken back only when the one that has it
 * answers that it has not formed and counts none any more. So two nodes that form would
 * both have a promise of the same node in force at the same time, as long as
 * {@code initial-nodes} is more than half of the nodes; and that cannot be.
 * <p>
 * A former that gives way ends its round: what is promised to it for that, and arrives
 * later, counts no more. A release counts only if it was asked for after the promise was
 * last repeated: an older one may be of a round before. A promise to a node that never
 * answers again is never taken back.
 */
public final class Formation {

	private final MemberId self;

	private final FormationSettings settings;

	private final RandomGenerator random;

	private FormationRecord record;

	private SortedSet<MemberId> fresh = new TreeSet<>();

	/** Whose promises are in force for the present round. */
	private final Set<MemberId> promised = new HashSet<>();

	/** Of the promise as it was given last. */
	private long token;

	/** Not 0 while it may form. */
	private long round;

	/**
	 * A node.
	 * @param record as it was synced last; {@link FormationRecord#FRESH} in a new data
	 * directory
	 * @param random of which the ids of rounds and clusters are drawn: differs between
	 * processes
	 */
	public Formation(MemberId self, FormationSettings settings, FormationRecord record, RandomGenerator random) {
		this.self = self;
		this.settings = settings;
		this.record = record;
		this.fresh.add(self);
		this.random = random;
		this.token = random.nextLong();
	}

	/**
	 * What it must not forget.
	 */
	public FormationRecord record() {
		return this.record;
	}

	/**
	 * Takes the fresh nodes that are present now, and repeats what had no answer. To be
	 * called when they change, and now and then.
	 * @param present without this one
	 */
	public FormationOutput sees(Collection<MemberId> present) {
		FormationOutput output = new FormationOutput();
		this.fresh = new TreeSet<>(present);
		this.fresh.add(this.self);
		if (this.record.clusterId() != null) {
			return output;
		}
		MemberId namesake = namesake(this.fresh);
		if (namesake != null) {
			endRound();
			output.decide(new Decision.Refuse(Reason.NODE_ID, namesake));
			return output;
		}
		MemberId lowest = lowest();
		MemberId holder = this.record.promisedTo();
		if (holder == null || holder.equals(this.self)) {
			promise(lowest, output);
		}
		else if (lowest.compareTo(holder) < 0) {
			output.send(holder, new AskRelease(this.token));
		}
		collect(output);
		return output;
	}

	/** The first of the fresh ones. */
	private MemberId lowest() {
		return this.fresh.iterator().next();
	}

	private @Nullable MemberId namesake(Collection<MemberId> among) {
		return among.stream()
			.filter((one) -> one.node().equals(this.self.node()) && !one.equals(this.self))
			.findFirst()
			.orElse(null);
	}

	/** Its promise is free: it was not given, or is its own and it has not formed. */
	private void promise(MemberId to, FormationOutput output) {
		if (!to.equals(this.self)) {
			endRound();
		}
		if (!to.equals(this.record.promisedTo())) {
			this.token = this.random.nextLong();
			this.record = new FormationRecord(to, null);
			output.sync(this.record);
		}
	}

	private void endRound() {
		this.round = 0;
		this.promised.clear();
	}

	private void collect(FormationOutput output) {
		if (!this.self.equals(this.record.promisedTo()) || this.record.clusterId() != null) {
			return;
		}
		while (this.round == 0) {
			this.round = this.random.nextLong();
			this.promised.add(this.self);
		}
		List<MemberId> missing = new ArrayList<>(this.fresh);
		missing.removeAll(this.promised);
		missing.forEach((one) -> output.send(one, new AskPromise(this.round, this.settings)));
		formIfPossible(output);
	}

	private void formIfPossible(FormationOutput output) {
		if (this.promised.size() >= this.settings.initialNodes()) {
			String clusterId = Long.toHexString(this.random.nextLong()) + Long.toHexString(this.random.nextLong());
			this.record = new FormationRecord(this.self, clusterId);
			output.sync(this.record);
			output.decide(new Decision.Form(clusterId));
			this.fresh.stream()
				.filter((one) -> !one.equals(this.self))
				.forEach((one) -> output.send(one, new InCluster(clusterId)));
		}
	}

	/**
	 * Takes a message.
	 */
	public FormationOutput received(MemberId from, FormationMessage message) {
		FormationOutput output = new FormationOutput();
		String clusterId = this.record.clusterId();
		if (clusterId != null) {
			if (message instanceof AskPromise || message instanceof AskRelease) {
				output.send(from, new InCluster(clusterId));
			}
			return output;
		}
		switch (message) {
			case AskPromise ask -> asked(from, ask, output);
			case Promised given -> {
				if (this.round != 0 && given.round() == this.round && this.promised.add(from)) {
					formIfPossible(output);
				}
			}
			case Declined declined -> {
				if (declined.reason() != Reason.OTHER && declined.round() == this.round) {
					output.decide(new Decision.Refuse(declined.reason(), from));
				}
			}
			case AskRelease ask -> askedForRelease(from, ask.token(), output);
			case Released released -> {
				boolean isOwn = from.equals(this.self);
				if (!isOwn && from.equals(this.record.promisedTo()) && released.token() == this.token) {
					promise(lowest(), output);
					collect(output);
				}
			}
			case InCluster in -> output.decide(new Decision.Join(from, in.clusterId()));
		}
		return output;
	}

	private void asked(MemberId from, AskPromise ask, FormationOutput output) {
		MemberId holder = this.record.promisedTo();
		if (namesake(List.of(from)) != null) {
			output.send(from, new Declined(ask.round(), Reason.NODE_ID));
			return;
		}
		if (!ask.settings().equals(this.settings)) {
			output.send(from, new Declined(ask.round(), Reason.SETTINGS));
			return;
		}
		boolean isFree = holder == null || holder.equals(this.self);
		if (isFree && from.compareTo(this.self) < 0 && from.compareTo(lowest(from)) <= 0) {
			promise(from, output);
		}
		else if (!isFree && holder != null && from.compareTo(holder) < 0) {
			output.send(holder, new AskRelease(this.token));
		}
		boolean isPromised = from.equals(this.record.promisedTo());
		if (isPromised) {
			this.token = this.random.nextLong();
		}
		output.send(from, isPromised ? new Promised(ask.round()) : new Declined(ask.round(), Reason.OTHER));
	}

	/** The first of those that it sees, and one that it hears of. */
	private MemberId lowest(MemberId other) {
		MemberId seen = lowest();
		return (seen.compareTo(other) < 0) ? seen : other;
	}

	/** It gives way if it sees one that is lower, or has given its own promise away. */
	private void askedForRelease(MemberId from, long askedToken, FormationOutput output) {
		if (this.self.equals(this.record.promisedTo()) && lowest(this.self).compareTo(this.self) < 0) {
			promise(lowest(this.self), output);
		}
		if (!this.self.equals(this.record.promisedTo())) {
			output.send(from, new Released(askedToken));
		}
	}

	/**
	 * It has joined a cluster, or found that it is a member already.
	 */
	public FormationOutput joined(String clusterId) {
		FormationOutput output = new FormationOutput();
		endRound();
		this.record = new FormationRecord(this.record.promisedTo(), clusterId);
		output.sync(this.record);
		return output;
	}

}

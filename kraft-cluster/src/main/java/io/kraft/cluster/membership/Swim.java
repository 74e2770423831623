package io.kraft.cluster.membership;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

import io.kraft.cluster.membership.MemberEvent.Kind;
import io.kraft.cluster.membership.SwimMessage.Content;
import io.kraft.cluster.membership.SwimOutput.Outgoing;
import org.jspecify.annotations.Nullable;

/**
 * One member of a cluster, as a state machine: inputs with the time at which they come
 * lead to messages that are to be sent and to events. Not thread-safe.
 * <p>
 * After "SWIM: Scalable Weakly-consistent Infection-style Process Group Membership
 * Protocol" (Das, Gupta, Motivala, 2002): in each interval one member is pinged; if it
 * does not answer within a third of the interval, three others are asked to ping it; if
 * no answer comes it is suspected, which it can deny; claims travel with the messages.
 * From "Lifeguard" (Dadgar, Phillips, Currey, 2018): a member that is pinged hears first
 * what is claimed about it, and who was stopped for a while trusts its own timers less:
 * time in which this process did not run does not count.
 * <p>
 * Not of either: members that died are looked for at each sync, since the sides of a
 * split network know each other no more; while a member is suspected, each other one asks
 * it once more in each interval; and a member that still suspects one that has denied it
 * gets the denial from each that it claims it to.
 */
public final class Swim {

	/** How many claims go with a message. */
	private static final int UPDATES = 16;

	private static final int CORRECTIONS = 8;

	private static final int INDIRECT = 3;

	private static final int DIRECT_PART = 3;

	private final long intervalMillis;

	private final long syncMillis;

	private final MemberList list;

	private final ProbeOrder order;

	private final Dissemination dissemination = new Dissemination();

	private final Relays relays = new Relays();

	private Member self;

	private @Nullable Probe probe;

	/** Time of this process, which does not pass while it is stopped. */
	private long clock;

	private long lastSeen;

	private long nextProbe;

	private long nextSync;

	private long sequence;

	/** Of the present message. */
	private @Nullable MemberId sender;

	/** What that should know. */
	private final List<Member> corrections = new ArrayList<>();

	private SwimOutput output = SwimOutput.collecting();

	/**
	 * A member that knows no other one.
	 * @param id who it is
	 * @param address by which others reach it
	 * @param meta what it says of itself
	 * @param revision of its first claim: higher than those of its former processes, or
	 * else it learns theirs from others
	 * @param now in milliseconds, of any monotonic clock
	 */
	public Swim(MemberId id, String address, byte[] meta, long revision, SwimSettings settings, RandomGenerator random,
			long now) {
		this.self = new Member(id, address, MemberState.ALIVE, revision, meta.clone());
		this.intervalMillis = settings.gossipInterval().toMillis();
		this.syncMillis = settings.syncInterval().toMillis();
		this.list = new MemberList(settings);
		this.order = new ProbeOrder(random);
		this.clock = now;
		this.lastSeen = now;
		// Members that are started together are not to send together.
		this.nextProbe = now + random.nextLong(this.intervalMillis);
		this.nextSync = now + random.nextLong(this.syncMillis);
		this.dissemination.add(this.self);
	}

	/**
	 * This member and the others that it knows, in the order of their ids.
	 */
	public List<Member> members() {
		List<Member> members = new ArrayList<>(this.list.all());
		members.add(this.self);
		members.sort((one, other) -> one.id().compareTo(other.id()));
		return members;
	}

	/**
	 * This member.
	 */
	public Member self() {
		return this.self;
	}

	/**
	 * When {@link #advance} has something to do, in the time of the caller.
	 */
	public long nextDue() {
		long due = Math.min(this.nextProbe, this.nextSync);
		if (this.probe != null && this.probe.awaitsDirect()) {
			due = Math.min(due, this.probe.directUntil);
		}
		due = Math.min(due, this.list.nextDue().orElse(Long.MAX_VALUE));
		return this.lastSeen + Math.max(0, due - this.clock);
	}

	/**
	 * Does what is due.
	 * @param now in milliseconds; not before an earlier input
	 */
	public SwimOutput advance(long now) {
		moveTo(now);
		this.list.expire(this.clock).forEach(this::changed);
		this.relays.expire(this.clock);
		if (this.self.state() != MemberState.ALIVE) {
			this.nextProbe = this.clock + this.intervalMillis;
			this.nextSync = this.clock + this.syncMillis;
			return output();
		}
		if (this.probe != null && this.probe.awaitsDirect() && this.clock >= this.probe.directUntil) {
			askOthers(this.probe);
		}
		if (this.clock >= this.nextProbe) {
			this.nextProbe = this.clock + this.intervalMillis;
			endProbe();
			beginProbe();
		}
		if (this.clock >= this.nextSync) {
			this.nextSync = this.clock + this.syncMillis;
			this.order.some(1, this.list.present()).forEach((one) -> sync(one.id(), one.address(), true));
			this.order.some(1, this.list.dead()).forEach((one) -> sync(one.id(), one.address(), true));
		}
		return output();
	}

	/**
	 * Takes a message.
	 */
	public SwimOutput received(SwimMessage message, long now) {
		moveTo(now);
		if (message.from().equals(this.self.id())) {
			return output();
		}
		this.sender = message.from();
		this.corrections.clear();
		message.updates().forEach(this::claimed);
		answer(message);
		if (!this.corrections.isEmpty()) {
			send(message.from(), message.address(), new Content.News());
		}
		if (this.list.lastKnown(message.from()) == null && !this.list.isFull()
				&& !(message.content() instanceof Content.Sync)) {
			sync(message.from(), message.address(), true);
		}
		return output();
	}

	/**
	 * Asks for the lists of whatever members are at addresses.
	 */
	public SwimOutput join(List<String> addresses, long now) {
		moveTo(now);
		addresses.stream()
			.filter((address) -> !address.equals(this.self.address()))
			.forEach((address) -> sync(null, address, true));
		return output();
	}

	/**
	 * Has others know that it leaves. It answers further on, but asks nothing any more.
	 */
	public SwimOutput leave(long now) {
		moveTo(now);
		if (this.self.state() == MemberState.ALIVE) {
			claimSelf(MemberState.LEFT, this.self.revision() + 1, this.self.meta());
			this.probe = null;
			this.list.present().forEach((one) -> send(one.id(), one.address(), new Content.News()));
		}
		return output();
	}

	/**
	 * Says something else of itself.
	 */
	public SwimOutput meta(byte[] meta, long now) {
		moveTo(now);
		if (this.self.state() == MemberState.ALIVE && !Arrays.equals(meta, this.self.meta())) {
			claimSelf(MemberState.ALIVE, this.self.revision() + 1, meta.clone());
		}
		return output();
	}

	/**
	 * A gap longer than the interval is one in which this process was stopped, not
	 * others.
	 */
	private void moveTo(long now) {
		this.clock += Math.min(Math.max(0, now - this.lastSeen), this.intervalMillis);
		this.lastSeen = Math.max(now, this.lastSeen);
	}

	private SwimOutput output() {
		SwimOutput collected = this.output;
		this.output = SwimOutput.collecting();
		return collected;
	}

	private void beginProbe() {
		Member target = this.order.next(this.list.present());
		if (target == null) {
			return;
		}
		this.probe = new Probe(target.id(), ++this.sequence, this.clock + this.intervalMillis / DIRECT_PART);
		send(target.id(), target.address(), new Content.Ping(this.probe.sequence, target.id()));
		Member suspect = this.list.oldestSuspect();
		if (suspect != null && !suspect.id().equals(target.id())) {
			// So that it hears of it, and its denial is heard, in time.
			send(suspect.id(), suspect.address(), new Content.Ping(++this.sequence, suspect.id()));
		}
	}

	private void askOthers(Probe current) {
		current.isIndirect = true;
		Member target = this.list.find(current.target);
		if (target == null) {
			return;
		}
		List<Member> others = this.list.present()
			.stream()
			.filter((one) -> one.state() == MemberState.ALIVE && !one.id().equals(current.target))
			.toList();
		Content request = new Content.PingRequest(current.sequence, current.target, target.address());
		this.order.some(INDIRECT, others).forEach((one) -> send(one.id(), one.address(), request));
	}

	private void endProbe() {
		Probe ended = this.probe;
		this.probe = null;
		Member target = (ended != null && !ended.isAnswered) ? this.list.find(ended.target) : null;
		if (target != null && target.state() == MemberState.ALIVE) {
			claimed(target.with(MemberState.SUSPECT));
		}
	}

	private void answer(SwimMessage message) {
		switch (message.content()) {
			case Content.Ping ping -> {
				if (ping.target().equals(this.self.id())) {
					send(message.from(), message.address(), new Content.Ack(ping.sequence(), this.self.id()));
				}
			}
			case Content.PingRequest request -> {
				long relayed = ++this.sequence;
				this.relays.add(relayed, new Relays.Relay(message.address(), message.from(), request.sequence(),
						request.target(), this.clock + this.intervalMillis));
				send(request.target(), request.targetAddress(), new Content.Ping(relayed, request.target()));
			}
			case Content.Ack ack -> acknowledged(ack);
			case Content.Sync sync -> {
				if (sync.wantsAnswer()) {
					sync(message.from(), message.address(), false);
				}
			}
			case Content.News news -> {
				// Its claims were all of it.
			}
		}
	}

	private void acknowledged(Content.Ack ack) {
		if (this.probe != null && this.probe.sequence == ack.sequence() && this.probe.target.equals(ack.of())) {
			this.probe.isAnswered = true;
			return;
		}
		Relays.Relay relay = this.relays.take(ack.sequence(), ack.of());
		if (relay != null) {
			send(relay.originId(), relay.origin(), new Content.Ack(relay.sequence(), ack.of()));
		}
	}

	private void claimed(Member claim) {
		if (claim.id().equals(this.self.id())) {
			claimedOfSelf(claim);
			return;
		}
		MemberList.Change change = this.list.merge(claim, this.clock);
		if (change != null) {
			changed(change);
			return;
		}
		Member known = this.list.find(claim.id());
		boolean isDenied = known != null && known.state() == MemberState.ALIVE
				&& (claim.state() == MemberState.SUSPECT || claim.state() == MemberState.DEAD);
		if (isDenied && this.corrections.size() < CORRECTIONS) {
			this.corrections.add(known);
		}
	}

	/**
	 * Only this member raises its revision: what is as new as its own claim but different
	 * is denied.
	 */
	private void claimedOfSelf(Member claim) {
		if (this.self.state() == MemberState.ALIVE && claim.revision() >= this.self.revision()
				&& !claim.equals(this.self)) {
			claimSelf(MemberState.ALIVE, claim.revision() + 1, this.self.meta());
		}
	}

	private void claimSelf(MemberState state, long revision, byte[] meta) {
		this.self = new Member(this.self.id(), this.self.address(), state, revision, meta);
		this.dissemination.add(this.self);
	}

	private void changed(MemberList.Change change) {
		if (change.kind() != null) {
			this.output.events().add(new MemberEvent(change.kind(), change.member()));
		}
		if (change.kind() != Kind.FORGOTTEN) {
			this.dissemination.add(change.member());
		}
	}

	private void send(MemberId receiver, String address, Content content) {
		List<Member> updates = new ArrayList<>();
		// First what is claimed of the receiver, who may deny it in the answer.
		Member known = this.list.lastKnown(receiver);
		if (known != null && known.state() != MemberState.ALIVE) {
			updates.add(known);
		}
		if (receiver.equals(this.sender)) {
			updates.addAll(this.corrections);
			this.corrections.clear();
		}
		updates.addAll(this.dissemination.next(UPDATES - updates.size(), this.list.present().size() + 1));
		add(address, content, updates);
	}

	private void sync(@Nullable MemberId receiver, String address, boolean wantsAnswer) {
		List<Member> all = new ArrayList<>(this.list.all());
		all.add(0, this.self);
		Member known = (receiver != null) ? this.list.lastKnown(receiver) : null;
		if (known != null && this.list.find(known.id()) == null) {
			all.add(1, known);
		}
		for (int from = 0; from < all.size(); from += SwimMessage.MAX_UPDATES) {
			List<Member> part = all.subList(from, Math.min(all.size(), from + SwimMessage.MAX_UPDATES));
			add(address, new Content.Sync(wantsAnswer && from == 0), part);
		}
	}

	private void add(String address, Content content, List<Member> updates) {
		this.output.messages()
			.add(new Outgoing(address, new SwimMessage(this.self.id(), this.self.address(), content, updates)));
	}

	/** Of the member that is asked in this interval. */
	private static final class Probe {

		private final MemberId target;

		private final long sequence;

		private final long directUntil;

		private boolean isIndirect;

		private boolean isAnswered;

		private Probe(MemberId target, long sequence, long directUntil) {
			this.target = target;
			this.sequence = sequence;
			this.directUntil = directUntil;
		}

		private boolean awaitsDirect() {
			return !this.isIndirect && !this.isAnswered;
		}

	}

}

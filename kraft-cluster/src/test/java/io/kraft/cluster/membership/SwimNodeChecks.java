package io.kraft.cluster.membership;

import java.util.HashMap;
import java.util.Map;

import io.kraft.cluster.membership.SwimMessage.Content;
import io.kraft.cluster.membership.SwimOutput.Outgoing;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What one process may send, whatever happens: its messages are bounded by the time and
 * by what it receives, and so is how often it repeats a claim.
 */
final class SwimNodeChecks {

	private static final int CLAIMS = 16;

	private final SwimSettings settings;

	private final long startedAt;

	private int pings;

	private int requests;

	private int acks;

	private int syncs;

	private int pingsReceived;

	private int requestsReceived;

	private int acksReceived;

	private int syncReasons;

	private int news;

	private final Map<MemberId, Integer> corrections = new HashMap<>();

	private final Map<String, Integer> transmissions = new HashMap<>();

	SwimNodeChecks(SwimSettings settings, long startedAt) {
		this.settings = settings;
		this.startedAt = startedAt;
	}

	void received(SwimMessage message) {
		this.syncReasons++;
		// What was denied is corrected each time it is claimed.
		message.updates()
			.stream()
			.filter((claim) -> claim.state() == MemberState.SUSPECT || claim.state() == MemberState.DEAD)
			.forEach((claim) -> this.corrections.merge(claim.id(), 1, Integer::sum));
		switch (message.content()) {
			case Content.Ping ping -> this.pingsReceived++;
			case Content.PingRequest request -> this.requestsReceived++;
			case Content.Ack ack -> this.acksReceived++;
			case Content.Sync sync -> {
			}
			case Content.News news -> {
			}
		}
	}

	void joining(int addresses) {
		this.syncReasons += addresses;
	}

	void sent(Outgoing outgoing, int identities, long now) {
		SwimMessage message = outgoing.message();
		long intervals = (now - this.startedAt) / this.settings.gossipInterval().toMillis() + 1;
		switch (message.content()) {
			case Content.Ping ping -> this.pings++;
			case Content.PingRequest request -> this.requests++;
			case Content.Ack ack -> this.acks++;
			case Content.Sync sync -> this.syncs++;
			case Content.News news -> this.news++;
		}
		assertThat(this.news).as("news").isLessThanOrEqualTo(this.syncReasons + identities);
		assertThat((long) this.pings).as("pings").isLessThanOrEqualTo(2 * intervals + this.requestsReceived);
		assertThat((long) this.requests).as("requests").isLessThanOrEqualTo(3 * intervals);
		assertThat(this.acks).as("acks").isLessThanOrEqualTo(this.pingsReceived + this.acksReceived);
		long regular = 2 * ((now - this.startedAt) / this.settings.syncInterval().toMillis() + 1);
		assertThat((long) this.syncs).as("syncs")
			.isLessThanOrEqualTo((regular + this.syncReasons) * (1 + identities / SwimMessage.MAX_UPDATES));
		if (!(message.content() instanceof Content.Sync)) {
			assertThat(message.updates()).as("claims of a message").hasSizeLessThanOrEqualTo(CLAIMS);
			message.updates().forEach((claim) -> repeated(claim, outgoing.address(), identities));
		}
	}

	private void repeated(Member claim, String receiver, int identities) {
		// What is claimed of the receiver goes with each message to it.
		if (claim.address().equals(receiver)) {
			return;
		}
		int times = this.transmissions.merge(claim.id() + " " + claim.state() + claim.revision(), 1, Integer::sum);
		assertThat(times).as("how often %s was sent", claim)
			.isLessThanOrEqualTo((int) (3 * Math.ceil(Math.log(identities + 1) / Math.log(2)))
					+ this.corrections.getOrDefault(claim.id(), 0));
	}

}

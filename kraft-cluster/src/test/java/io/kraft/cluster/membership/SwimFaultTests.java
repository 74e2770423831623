package io.kraft.cluster.membership;

import java.util.List;

import io.kraft.cluster.planted.PlantedFault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The simulation catches faults that are planted in the protocol.
 */
class SwimFaultTests {

	private static final String PACKAGE = "io.kraft.cluster.membership.";

	static List<PlantedFault> faults() {
		return List.of(
				fault("a member does not deny", "Swim", "claimSelf(MemberState.ALIVE, claim.revision() + 1",
						"claimSelf(MemberState.ALIVE, this.self.revision()"),
				fault("nobody else is asked", "Swim", "private static final int INDIRECT = 3",
						"private static final int INDIRECT = 0"),
				fault("a suspect dies too early", "MemberList", "entry.since + this.suspectMillis",
						"entry.since + this.suspectMillis - 500"),
				fault("a suspect never dies", "MemberList", "case SUSPECT -> entry.since + this.suspectMillis;",
						"case SUSPECT -> Long.MAX_VALUE;"),
				fault("the dead stay too long", "MemberList", "entry.since + this.deadMillis",
						"entry.since + 2 * this.deadMillis"),
				fault("an older claim holds", "Member", "return this.revision > other.revision",
						"return this.revision >= other.revision"),
				fault("claims are sent for ever", "Dissemination", "item.sent >= transmissions", "item.sent < 0"),
				fault("claims are not spread", "Swim", "if (change.kind() != Kind.FORGOTTEN) {",
						"if (change.kind() == Kind.LEFT) {"),
				fault("the forgotten come back by old claims", "MemberList",
						"if (former != null && !claim.replaces(former)) {", "if (false) {"),
				fault("the sides of a split do not look for each other", "Swim", "this.order.some(1, this.list.dead())",
						"this.order.some(0, this.list.dead())"),
				fault("a stopped process trusts its timers", "Swim",
						"Math.min(Math.max(0, now - this.lastSeen), this.intervalMillis)", "now - this.lastSeen"),
				fault("whoever is at the address answers", "Swim", "if (ping.target().equals(this.self.id())) {",
						"if (true) {"),
				fault("an answer for another member counts", "Relays", "!relay.target.equals(answering)", "false"),
				fault("a suspect is asked without end", "Swim",
						"if (suspect != null && !suspect.id().equals(target.id())) {",
						"for (int i = 0; i < 3 && suspect != null; i++) {"),
				fault("an ack is awaited from nobody", "Swim",
						"if (target != null && target.state() == MemberState.ALIVE) {", "if (false) {"),
				fault("meta changes nothing", "Swim",
						"claimSelf(MemberState.ALIVE, this.self.revision() + 1, meta.clone())",
						"claimSelf(MemberState.ALIVE, this.self.revision(), meta.clone())"));
	}

	private static PlantedFault fault(String description, String type, String original, String changed) {
		return new PlantedFault(description, PACKAGE + type, original, changed);
	}

	@ParameterizedTest
	@MethodSource("faults")
	void theFaultIsCaught(PlantedFault fault) {
		assertThat(fault.caughtBy(SwimCheck.class)).as(fault.description()).isNotNull();
	}

	@Test
	void withoutAFaultNothingIsCaught() {
		new SwimCheck().run();
	}

}

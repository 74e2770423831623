package io.kraft.cluster.placement;

import java.util.List;

import io.kraft.cluster.planted.PlantedFault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The simulation catches faults that are planted in the planner.
 */
class PlacementFaultTests {

	private static final String PACKAGE = "io.kraft.cluster.placement.";

	static List<PlantedFault> faults() {
		return List.of(
				fault("a replica goes without a look at the others", "ReplicaRules", "&& (!isGoodOne || othersAreGood)",
						""),
				fault("the dead are replaced without patience", "PlacementSettings",
						"return this.deadTimeout.plus(this.replaceAfter).toMillis();",
						"return this.deadTimeout.toMillis();"),
				fault("the dead are never replaced", "ReplicaRules", "return isFailed || isGoneForGood(node);",
						"return isFailed;"),
				fault("failed replicas stay", "ReplicaRules", "return isFailed || isGoneForGood(node);",
						"return isGoneForGood(node);"),
				fault("a partition goes back to where it is being deleted", "ReplicaRules",
						"&& !partition.dropping().contains(id)", ""),
				fault("two replicas come to a node at the same time", "ReplicaRules", "&& !this.incoming.contains(id)",
						""),
				fault("any number of moves", "ReplicaRules", "MAX_MOVES = 2", "MAX_MOVES = 20"),
				fault("two moves of a partition", "ReplicaRules", "return partition.move() == null && this.moves",
						"return this.moves"),
				fault("a leader is removed", "ReplicaRules", "if (from != null && from.equals(leader)) {",
						"if (false) {"),
				fault("a new replica among two is a replacement", "ReplicaRules", "REPLACED_IN_ONE_STEP = 3",
						"REPLACED_IN_ONE_STEP = 1"),
				fault("nothing is balanced", "ReplicaRules", "if (this.moves == 0 && steps.isEmpty() && isAllWell()) {",
						"if (false) {"),
				fault("nodes that drain get replicas", "PlacementNode",
						"return isAlive() && this.takesReplicas && !this.isLeaving;",
						"return isAlive() && !this.isLeaving;"),
				fault("nodes that leave keep their votes", "VoterRules",
						"return node == null || node.isLeaving()\n\t\t\t\t||", "return node == null ||"),
				fault("leaders are moved without end", "LeaderRules", "UNBALANCED = 2", "UNBALANCED = 0"),
				fault("leaders are moved without a pause", "LeaderRules",
						"< this.settings.transferInterval().toMillis()", "< 0"),
				fault("two voters change in a step", "VoterRules",
						"changed.remove((lost != null) ? lost : youngest());",
						"changed.remove(youngest()); changed.removeIf((id) -> changed.size() > 3);"),
				fault("a node has any number of replicas", "HashRing", "this.room.put(id, free - 1);", ""),
				fault("too few voters", "VoterRules", "changed.add(next);\n\t\t}", "}"));
	}

	private static PlantedFault fault(String description, String type, String original, String changed) {
		return new PlantedFault(description, PACKAGE + type, original, changed);
	}

	@ParameterizedTest
	@MethodSource("faults")
	void theFaultIsCaught(PlantedFault fault) {
		Class<? extends Runnable> check = fault.className().endsWith("HashRing") ? RingCheck.class
				: PlacementCheck.class;

		assertThat(fault.caughtBy(check)).as(fault.description()).isNotNull();
	}

	@Test
	void withoutAFaultNothingIsCaught() {
		new PlacementCheck().run();
		new RingCheck().run();
	}

}

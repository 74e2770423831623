package io.kraft.cluster.management;

import java.util.List;
import java.util.Random;

import io.kraft.cluster.management.FormationMessage.AskPromise;
import io.kraft.cluster.management.FormationMessage.Declined;
import io.kraft.cluster.management.FormationMessage.Promised;
import io.kraft.cluster.management.FormationMessage.Reason;
import io.kraft.cluster.management.FormationOutput.Decision;
import io.kraft.cluster.management.FormationOutput.Outgoing;
import io.kraft.cluster.membership.MemberId;
import io.kraft.cluster.planted.PlantedFault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class FormationTests {

	private static final MemberId A = new MemberId("a", 1);

	private static final MemberId B = new MemberId("b", 1);

	private static final FormationSettings TWO = new FormationSettings(List.of("a:1", "b:1"), 2);

	private static Formation node(MemberId id, FormationSettings settings) {
		return new Formation(id, settings, FormationRecord.FRESH, new Random(id.hashCode()));
	}

	@Test
	void aNodeThatIsEnoughAloneFormsImmediately() {
		FormationOutput output = node(A, new FormationSettings(List.of(), 1)).sees(List.of());

		assertThat(output.decision()).isInstanceOf(Decision.Form.class);
		assertThat(output.toSync()).isNotNull();
		assertThat(output.toSync().clusterId()).isNotNull();
	}

	@Test
	void theLowestNodeFormsWithThePromiseOfAnother() {
		Formation a = node(A, TWO);
		Formation b = node(B, TWO);
		FormationOutput asked = a.sees(List.of(B));
		assertThat(asked.decision()).isNull();
		FormationOutput promised = b.received(A, asked.messages().get(0).message());
		assertThat(promised.toSync()).isEqualTo(new FormationRecord(A, null));
		FormationOutput formed = a.received(B, promised.messages().get(0).message());

		assertThat(formed.decision()).isInstanceOf(Decision.Form.class);
		assertThat(formed.messages()).extracting(Outgoing::to).containsExactly(B);
	}

	@Test
	void aNodeWithOtherSettingsIsRefused() {
		Formation b = node(B, new FormationSettings(List.of("a:1"), 2));
		FormationOutput declined = b.received(A, new AskPromise(5, TWO));
		assertThat(declined.messages()).containsExactly(new Outgoing(A, new Declined(5, Reason.SETTINGS)));
		assertThat(declined.toSync()).isNull();
	}

	@Test
	void aNodeOfTheSameNameIsRefused() {
		MemberId other = new MemberId("a", 2);
		assertThat(node(A, TWO).sees(List.of(other)).decision()).isEqualTo(new Decision.Refuse(Reason.NODE_ID, other));
		assertThat(node(other, TWO).received(A, new AskPromise(5, TWO)).messages())
			.containsExactly(new Outgoing(A, new Declined(5, Reason.NODE_ID)));
	}

	@Test
	void aPromiseOfAnotherRoundDoesNotCount() {
		Formation a = node(A, TWO);
		AskPromise ask = (AskPromise) a.sees(List.of(B)).messages().get(0).message();

		assertThat(a.received(B, new Promised(ask.round() + 1)).decision()).isNull();
		assertThat(a.received(B, new Promised(ask.round())).decision()).isNotNull();
	}

	@Test
	void aReleaseThatWasAskedForBeforeThePromiseWasRepeatedDoesNotCount() {
		MemberId former = new MemberId("c", 1);
		Formation node = node(new MemberId("d", 1), TWO);
		node.received(former, new AskPromise(1, TWO));
		FormationMessage asked = node.sees(List.of(B, former)).messages().get(0).message();
		FormationMessage late = new FormationMessage.Released(((FormationMessage.AskRelease) asked).token());
		// The former may form again, and counts this.
		assertThat(node.received(former, new AskPromise(2, TWO)).messages())
			.contains(new Outgoing(former, new Promised(2)));
		node.received(former, late);

		assertThat(node.record().promisedTo()).isEqualTo(former);
	}

	@Test
	void aReleaseThatWasAskedForAfterwardsCounts() {
		MemberId former = new MemberId("c", 1);
		Formation node = node(new MemberId("d", 1), TWO);
		node.received(former, new AskPromise(1, TWO));
		FormationMessage asked = node.sees(List.of(B, former)).messages().get(0).message();
		node.received(former, new FormationMessage.Released(((FormationMessage.AskRelease) asked).token()));

		assertThat(node.record().promisedTo()).isEqualTo(B);
	}

	@Test
	void whoMayStillFormReleasesNothing() {
		Formation b = node(B, new FormationSettings(List.of(), 3));
		MemberId c = new MemberId("c", 1);
		AskPromise ask = (AskPromise) b.sees(List.of(c)).messages().get(0).message();
		b.received(c, new Promised(ask.round()));

		assertThat(b.received(c, new FormationMessage.AskRelease(5)).messages()).isEmpty();
		b.sees(List.of(A, c));
		assertThat(b.received(c, new FormationMessage.AskRelease(6)).messages())
			.containsExactly(new Outgoing(c, new FormationMessage.Released(6)));
		assertThat(b.received(new MemberId("d", 1), new Promised(ask.round())).decision()).isNull();
	}

	@Test
	void whoIsInAClusterSaysSo() {
		Formation a = node(A, TWO);
		a.joined("c1");

		assertThat(a.received(B, new AskPromise(1, TWO)).messages())
			.containsExactly(new Outgoing(B, new FormationMessage.InCluster("c1")));
	}

	@Test
	void withoutSeedsTheNumberOfInitialNodesIsNeeded() {
		assertThatThrownBy(() -> FormationSettings.of(List.of(), null))
			.hasMessageContaining("kraft.cluster.initial-nodes");
		assertThat(FormationSettings.of(List.of("b:1", "a:1", "a:1"), null).initialNodes()).isEqualTo(2);
		assertThat(FormationSettings.of(List.of("b:1"), 3).initialNodes()).isEqualTo(3);
	}

	@Test
	void twoClustersNeverFormAndOneDoesWhenTheTroubleIsOver() {
		new FormationCheck(Long.getLong("kraft.test.seed", 1), 2 * Integer.getInteger("kraft.test.seeds", 400)).run();
	}

	@Test
	void withoutAFaultNothingIsCaught() {
		new FormationCheck().run();
	}

	static List<PlantedFault> faults() {
		return List.of(fault("a release of a round before counts", "&& released.token() == this.token", ""),
				fault("a promise is repeated with the same token",
						"if (isPromised) {\n\t\t\tthis.token = this.random.nextLong();\n\t\t}", ""),
				fault("promises of a round before count", "given.round() == this.round", "true"),
				fault("whoever gives way keeps its round", "this.round = 0;\n\t\tthis.promised.clear();", ""),
				fault("a promise is forgotten in a crash", "output.sync(this.record);\n\t\t}", "}"),
				fault("a promise is taken back without asking",
						"boolean isFree = holder == null || holder.equals(this.self);", "boolean isFree = true;"),
				fault("one promise fewer is enough", "this.promised.size() >= this.settings.initialNodes()",
						"this.promised.size() >= this.settings.initialNodes() - 1"),
				fault("whoever may still form releases",
						"if (!this.self.equals(this.record.promisedTo())) {\n\t\t\toutput.send(from, new Released",
						"if (true) {\n\t\t\toutput.send(from, new Released"),
				fault("a release has no effect", "if (!isOwn && from.equals", "if (isOwn && from.equals"));
	}

	private static PlantedFault fault(String description, String original, String changed) {
		return new PlantedFault(description, "io.kraft.cluster.management.Formation", original, changed);
	}

	@ParameterizedTest
	@MethodSource("faults")
	void aPlantedFaultIsCaught(PlantedFault fault) {
		assertThat(fault.caughtBy(FormationCheck.class)).as(fault.description()).isNotNull();
	}

}

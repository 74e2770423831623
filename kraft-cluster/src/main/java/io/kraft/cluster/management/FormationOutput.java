package io.kraft.cluster.management;

import java.util.ArrayList;
import java.util.List;

import io.kraft.cluster.membership.MemberId;
import org.jspecify.annotations.Nullable;

/**
 * What follows from an input, in this order: the record is synced, then the messages are
 * sent and the decision is carried out.
 */
public final class FormationOutput {

	private final List<Outgoing> messages = new ArrayList<>();

	private @Nullable FormationRecord record;

	private @Nullable Decision decision;

	/**
	 * What is to be synced first; null if nothing has changed.
	 */
	public @Nullable FormationRecord toSync() {
		return this.record;
	}

	/**
	 * What is to be sent then; each may get lost.
	 */
	public List<Outgoing> messages() {
		return this.messages;
	}

	/**
	 * What is to be done then; null if nothing is.
	 */
	public @Nullable Decision decision() {
		return this.decision;
	}

	void sync(FormationRecord changed) {
		this.record = changed;
	}

	void send(MemberId to, FormationMessage message) {
		this.messages.add(new Outgoing(to, message));
	}

	void decide(Decision decided) {
		this.decision = decided;
	}

	/**
	 * A message to be sent.
	 */
	public record Outgoing(MemberId to, FormationMessage message) {
	}

	/**
	 * What a node does.
	 */
	public sealed interface Decision {

		/**
		 * It forms a cluster, whose only member it is.
		 */
		record Form(String clusterId) implements Decision {
		}

		/**
		 * It asks a member to let it join.
		 */
		record Join(MemberId member, String clusterId) implements Decision {
		}

		/**
		 * It cannot, until the configuration has changed.
		 */
		record Refuse(FormationMessage.Reason reason, MemberId other) implements Decision {
		}

	}

}

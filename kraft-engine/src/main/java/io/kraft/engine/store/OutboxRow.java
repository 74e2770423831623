package io.kraft.engine.store;

import java.time.Instant;
import java.util.function.UnaryOperator;

import io.kraft.engine.journal.Outcome;
import io.kraft.engine.journal.Payload;
import org.jspecify.annotations.Nullable;

/**
 * What one partition asks of another: written with the commit that it follows from, sent
 * through the channel to that partition, and removed when it was taken there. It carries
 * all that the receiver needs, because the sender's run may be gone by then. Immutable;
 * instants in whole milliseconds.
 */
public sealed interface OutboxRow {

	/**
	 * Identifies the request: no other row of the sender's partition ever has the same
	 * one.
	 */
	String requestId();

	/**
	 * Id of the run that it is for; its slot decides the partition.
	 */
	String to();

	/**
	 * When it was requested, by the sender's clock.
	 */
	Instant at();

	/**
	 * The row with another payload; one without a payload is returned as it is.
	 */
	OutboxRow withPayload(UnaryOperator<Payload> payloads);

	/**
	 * Whether a full channel keeps it waiting. Others are never refused: if ends and
	 * answers waited, two full channels would stop each other.
	 */
	default boolean waitsForRoom() {
		return switch (this) {
			case Signal row -> true;
			case StartChild row -> true;
			case Start row -> false;
			case Watch row -> false;
			case Cancel row -> false;
			case ChildEnded row -> false;
		};
	}

	/** About how many bytes it takes. */
	default int sizeBytes() {
		return 128 + 2 * (to().length() + requestId().length()) + switch (this) {
			case Signal row -> row.value().bytes().length;
			case StartChild row -> row.run().sizeBytes();
			case Start row -> row.run().sizeBytes();
			case ChildEnded row ->
				(row.outcome() instanceof Outcome.Success(Payload value)) ? value.bytes().length : 1024;
			case Watch row -> 0;
			case Cancel row -> 0;
		};
	}

	/**
	 * A signal of a run's code to another run.
	 *
	 * @param from the operation that sends it
	 * @param name of the signal
	 */
	record Signal(String requestId, String to, Requester from, String name, Payload value,
			Instant at) implements OutboxRow {

		@Override
		public Signal withPayload(UnaryOperator<Payload> payloads) {
			return new Signal(this.requestId, this.to, this.from, this.name, payloads.apply(this.value), this.at);
		}

	}

	/**
	 * The run of a fire time, in the commit that records it.
	 *
	 * @param to id of the run to be started
	 * @param schedule its name
	 */
	record Start(String requestId, String to, String schedule, Instant fireTime, RunStart run,
			Instant at) implements OutboxRow {

		@Override
		public Start withPayload(UnaryOperator<Payload> payloads) {
			return new Start(this.requestId, this.to, this.schedule, this.fireTime,
					this.run.with(payloads.apply(this.run.arguments())), this.at);
		}

	}

	/**
	 * The start of a child, which notifies its parent of its end.
	 *
	 * @param to id of the child
	 * @param parent the operation that starts it, and waits for its end
	 * @param isChosen whether code has chosen the id: then a run of the same workflow
	 * that has it is watched, while a run that has a derived one is a failure
	 */
	record StartChild(String requestId, String to, Requester parent, boolean isChosen, RunStart run,
			Instant at) implements OutboxRow {

		@Override
		public StartChild withPayload(UnaryOperator<Payload> payloads) {
			return new StartChild(this.requestId, this.to, this.parent, this.isChosen,
					this.run.with(payloads.apply(this.run.arguments())), this.at);
		}

	}

	/**
	 * The request to be notified of a child's end, which is answered by
	 * {@link ChildEnded} without delay if there is no such child.
	 *
	 * @param parent the operation under whose name the child was started
	 * @param workflow of the child: a run of another one that has its id meanwhile is not
	 * watched; null in rows of earlier builds, which do not say
	 */
	record Watch(String requestId, String to, Requester parent, @Nullable String workflow,
			Instant at) implements OutboxRow {

		@Override
		public Watch withPayload(UnaryOperator<Payload> payloads) {
			return this;
		}

	}

	/**
	 * The request to cancel a child.
	 *
	 * @param parent the operation under whose name the child was started or is watched
	 */
	record Cancel(String requestId, String to, Requester parent, Instant at) implements OutboxRow {

		@Override
		public Cancel withPayload(UnaryOperator<Payload> payloads) {
			return this;
		}

	}

	/**
	 * The end of a child, or the failure of its start.
	 *
	 * @param parent the operation that waits for it
	 * @param child its id
	 * @param childRun number of the child; null if there is none
	 */
	record ChildEnded(String requestId, Requester parent, String child, @Nullable Long childRun, Outcome outcome,
			Instant at) implements OutboxRow {

		@Override
		public String to() {
			return this.parent.id();
		}

		@Override
		public ChildEnded withPayload(UnaryOperator<Payload> payloads) {
			return (this.outcome instanceof Outcome.Success(Payload value)) ? new ChildEnded(this.requestId,
					this.parent, this.child, this.childRun, new Outcome.Success(payloads.apply(value)), this.at) : this;
		}

	}

}

package io.kraft.engine.message.channel;

import java.util.List;
import java.util.stream.LongStream;

import io.kraft.client.EngineStoppedException;
import io.kraft.client.OverloadedException;
import io.kraft.client.WorkflowNotFoundException;
import io.kraft.engine.message.channel.ChannelReceiver.Reaction;
import io.kraft.engine.store.ChannelContract;
import io.kraft.engine.store.ChannelOrderException;
import io.kraft.engine.store.OutboxEntry;
import io.kraft.engine.store.OutboxRow;
import io.kraft.workflow.ErrorCode;
import io.kraft.workflow.KraftException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ChannelReceiverTests {

	private final ChannelReceiver receiver = new ChannelReceiver(3, 10);

	@ParameterizedTest
	@CsvSource({ // of a batch from first to last, behind row 10: what is submitted
			"11, 13, 11, 13", // all is new
			"8, 12, 11, 12", // it begins with what was taken
			"10, 11, 11, 11", // likewise
			"9, 10, 0, -1", // all was taken
			"1, 2, 0, -1", // long ago
	})
	void skipsWhatWasTaken(long first, long last, long from, long to) {
		assertThat(this.receiver.accept(entries(first, last))).extracting(OutboxEntry::sequence)
			.isEqualTo(LongStream.rangeClosed(from, to).boxed().toList());
		assertThat(this.receiver.accept(List.of())).isEmpty();
	}

	@Test
	void refusesAGapBeforeAndWithinABatch() {
		assertThatExceptionOfType(ChannelOrderException.class).isThrownBy(() -> this.receiver.accept(entries(12, 13)))
			.withMessageContaining("the channel from partition 3")
			.withMessageContaining("expected is row 11, but found is row 12");
		assertThatExceptionOfType(ChannelOrderException.class)
			.isThrownBy(() -> this.receiver.accept(List.of(entry(11), entry(13))))
			.withMessageContaining("expected is row 12, but found is row 13");
		assertThatExceptionOfType(ChannelOrderException.class)
			.isThrownBy(() -> this.receiver.accept(List.of(entry(11), entry(11))));
	}

	@Test
	void skipsWhatWasSubmittedThoughItIsNotDurableYet() {
		this.receiver.after(entry(11), Submission.SUBMITTED);
		this.receiver.after(entry(12), Submission.SUBMITTED);

		assertThat(this.receiver.submitted()).isEqualTo(12);
		assertThat(this.receiver.accept(entries(11, 13))).containsExactly(entry(13));
	}

	@Test
	void beginsAgainBehindWhatIsDurableWhenACommitHasFailed() {
		this.receiver.after(entry(11), Submission.SUBMITTED);
		this.receiver.after(entry(12), Submission.SUBMITTED);

		this.receiver.restart(11);

		assertThat(this.receiver.accept(entries(11, 13))).isEqualTo(entries(12, 13));
	}

	@Test
	void submitsNoRowBeforeAllEarlierOnes() {
		assertThatExceptionOfType(ChannelOrderException.class)
			.isThrownBy(() -> this.receiver.after(entry(12), Submission.SUBMITTED));
		this.receiver.after(entry(11), Submission.OVERLOADED);
		assertThatExceptionOfType(ChannelOrderException.class)
			.isThrownBy(() -> this.receiver.after(entry(12), Submission.SUBMITTED));
	}

	@Test
	void aRefusalMovesNothingBeforeItsMarkIsSubmitted() {
		OutboxEntry entry = entry(11);
		assertThat(this.receiver.after(entry, Submission.REFUSED)).isEqualTo(Reaction.DROP);
		assertThat(this.receiver.submitted()).isEqualTo(10);

		assertThat(this.receiver.after(entry, Submission.SUBMITTED)).isEqualTo(Reaction.CONTINUE);
		assertThat(this.receiver.submitted()).isEqualTo(11);
	}

	@ParameterizedTest
	@CsvSource({ // kind, and what follows from each submission
			"Signal,     CONTINUE, END_BATCH, DROP,   STOP", //
			"Start,      CONTINUE, END_BATCH, DROP,   STOP", //
			"StartChild, CONTINUE, END_BATCH, ANSWER, STOP", //
			"Watch,      CONTINUE, END_BATCH, ANSWER, STOP", //
			"Cancel,     CONTINUE, END_BATCH, DROP,   STOP", //
			"ChildEnded, CONTINUE, END_BATCH, DROP,   STOP", //
	})
	void knowsWhatFollowsForEveryKind(String kind, Reaction submitted, Reaction overloaded, Reaction refused,
			Reaction failed) {
		OutboxRow row = ChannelContract.everyKind()
			.stream()
			.filter((candidate) -> candidate.getClass().getSimpleName().equals(kind))
			.findFirst()
			.orElseThrow();
		OutboxEntry entry = new OutboxEntry(11, row);

		assertThat(this.receiver.after(entry, Submission.FAILED)).isEqualTo(failed);
		assertThat(this.receiver.after(entry, Submission.REFUSED)).isEqualTo(refused);
		assertThat(this.receiver.after(entry, Submission.OVERLOADED)).isEqualTo(overloaded);
		assertThat(this.receiver.after(entry, Submission.SUBMITTED)).isEqualTo(submitted);
	}

	@Test
	void dropsNothingThatAnotherDeploymentWouldTake() {
		assertThat(Submission.of(new OverloadedException("full"))).isEqualTo(Submission.OVERLOADED);
		assertThat(Submission.of(new WorkflowNotFoundException("no run", null, "a"))).isEqualTo(Submission.REFUSED);
		assertThat(Submission.of(new EngineStoppedException("over"))).isEqualTo(Submission.FAILED);
		assertThat(Submission.of(ChannelOrderException.taken(1, 2, 4))).isEqualTo(Submission.FAILED);
		assertThat(ErrorCode.of("KRAFT-1006")).contains(ErrorCode.UNKNOWN_WORKFLOW);
		assertThat(Submission.of(new Coded("KRAFT-1006"))).isEqualTo(Submission.FAILED);
		assertThat(Submission.of(new Coded("KRAFT-1004"))).isEqualTo(Submission.FAILED);
		assertThat(Submission.of(new Coded("KRAFT-3012"))).isEqualTo(Submission.REFUSED);
		assertThat(Submission.of(new Coded("KRAFT-9999"))).isEqualTo(Submission.FAILED);
	}

	private static List<OutboxEntry> entries(long first, long last) {
		return LongStream.rangeClosed(first, last).mapToObj(ChannelReceiverTests::entry).toList();
	}

	private static OutboxEntry entry(long sequence) {
		return new OutboxEntry(sequence, ChannelContract.signal("r" + sequence, "v"));
	}

	private static final class Coded extends KraftException {

		private static final long serialVersionUID = 1L;

		Coded(String code) {
			super(code, "a message", null);
		}

	}

}

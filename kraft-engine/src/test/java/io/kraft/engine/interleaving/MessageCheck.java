package io.kraft.engine.interleaving;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a run that has completed received: what was acknowledged once, what was refused
 * never, what was cut off once at most.
 */
final class MessageCheck {

	private final Cell cell;

	private final String result;

	/**
	 * A check of what the run returned.
	 */
	MessageCheck(Cell cell, String result) {
		this.cell = cell;
		this.result = result;
	}

	void check(Answer ofFirst, Answer ofSecond) {
		if (this.cell.first() == Operation.RUN_END || this.cell.second() == Operation.RUN_END
				|| this.cell.state() == RunState.COMPLETED) {
			// It does not read its inbox to the end.
			return;
		}
		checkSignal(this.cell.first(), ofFirst, "first");
		checkSignal(this.cell.second(), ofSecond, "second");
		if (this.cell.state() == RunState.FAILED) {
			assertThat(received("signal unread")).as("the signal sent before the failure, in %s", this.result)
				.isEqualTo(1);
		}
		if (RunState.ON_SOME_CALLBACK.contains(this.cell.state())) {
			assertThat(received("callback")).as("the completions in %s", this.result).isEqualTo(1);
			checkCallback(this.cell.first(), ofFirst, this.cell.second());
			checkCallback(this.cell.second(), ofSecond, this.cell.first());
		}
	}

	private void checkSignal(Operation operation, Answer answer, String label) {
		if (operation == Operation.SIGNAL || operation == Operation.SIGNAL_WITH_ID) {
			String payload = (operation == Operation.SIGNAL) ? label : "repeated";
			assertThat(received("signal " + payload)).as("signal '%s' in %s", payload, this.result)
				.isBetween(answer.isAcknowledged() ? 1 : 0, 1);
		}
	}

	private void checkCallback(Operation operation, Answer answer, Operation other) {
		if ((operation == Operation.COMPLETE || operation == Operation.FAIL_CALLBACK) && answer.isAcknowledged()
				&& other != Operation.COMPLETE && other != Operation.FAIL_CALLBACK) {
			assertThat(received("callback rest")).as("completions after the acknowledged one, in %s", this.result)
				.isZero();
		}
	}

	private int received(String text) {
		return this.result.split(text, -1).length - 1;
	}

}

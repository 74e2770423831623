package io.kraft.engine.client;

import io.kraft.client.WorkflowDescription;
import io.kraft.client.WorkflowStatus;
import io.kraft.engine.journal.MaskedTokens;
import io.kraft.engine.journal.PayloadConverter;
import io.kraft.engine.message.PreparedMessage;
import io.kraft.engine.routing.Activity;
import io.kraft.engine.routing.RunView;
import io.kraft.engine.routing.StartCommand;
import io.kraft.engine.store.RunRow;

/**
 * Describes runs, and starts of them: what is durable, and what a run in memory does at
 * this moment.
 */
final class Descriptions {

	private Descriptions() {
	}

	static WorkflowDescription of(RunView run) {
		return of(run.row(), run.row().status().isTerminal() ? Activity.NONE
				: run.activities().stream().findFirst().orElse(recorded(run.row())));
	}

	/**
	 * As the row has it.
	 */
	static WorkflowDescription of(RunRow row) {
		return of(row, recorded(row));
	}

	/**
	 * All that is needed to make a start again, but tokens of callbacks.
	 * @param payloads encrypts the arguments, where those in the store are encrypted
	 */
	static String of(StartCommand command, PayloadConverter payloads) {
		return "start workflow '" + command.workflow() + "' version " + command.version() + " with the id '"
				+ command.id() + "', arguments "
				+ MaskedTokens.in(PreparedMessage.text(payloads.portable(command.arguments()))) + ", tags "
				+ command.tags() + ", delay " + command.delay() + ", timeout " + command.timeout() + ", priority "
				+ command.priority() + ", " + command.ifExists();
	}

	private static Activity recorded(RunRow row) {
		String waitingFor = (row.status() == WorkflowStatus.PENDING) ? "its turn" : row.waitingFor();
		return new Activity(null, row.currentStep(), row.attempt(), null, null, waitingFor);
	}

	private static WorkflowDescription of(RunRow row, Activity activity) {
		return new WorkflowDescription(row.id(), row.name(), row.version(), row.status(),
				MaskedTokens.inOptional(row.reason()), MaskedTokens.inOptional(row.failure()), row.tags(),
				row.priority(), row.parentId(), row.createdAt(), row.startedAt(), row.finishedAt(),
				activity.currentStep(), activity.attempt(), activity.waitingFor());
	}

}

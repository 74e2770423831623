package io.kraft.spring.boot.web;

import io.kraft.client.JournalEntryView;
import io.kraft.client.MessageView;
import io.kraft.client.RunFailure;
import io.kraft.client.WorkflowDetail;
import io.kraft.spring.boot.autoconfigure.KraftProperties.Web.ShowValues;
import org.jspecify.annotations.Nullable;

/**
 * Whether answers show the arguments and results of runs, which hold the data of
 * customers. The same as with the actuator: only to authorized users, unless the
 * application configures otherwise; without Spring Security there are none.
 *
 * @param areShown otherwise each is replaced
 */
record ShownPayloads(boolean areShown) {

	/** As the actuator has it. */
	private static final String HIDDEN = "******";

	/**
	 * As the application configures it.
	 * @param isSecured whether every caller is checked for the authority to read
	 */
	static ShownPayloads of(ShowValues show, boolean isSecured) {
		return new ShownPayloads(switch (show) {
			case NEVER -> false;
			case WHEN_AUTHORIZED -> isSecured;
			case ALWAYS -> true;
		});
	}

	JournalEntryView in(JournalEntryView entry) {
		return this.areShown ? entry
				: new JournalEntryView(entry.sequence(), entry.fact(), entry.position(), entry.kind(), entry.name(),
						hide(entry.arguments()), hide(entry.outcome()), entry.failure(), entry.attempt(), entry.dueAt(),
						entry.at());
	}

	WorkflowDetail in(WorkflowDetail run) {
		return this.areShown ? run : new WorkflowDetail(run.workflow(), run.since(), run.open(), run.lastError(),
				run.failedIn(), run.entries(), hide(run.input()), hide(run.output()));
	}

	MessageView in(MessageView message) {
		return this.areShown ? message : new MessageView(message.number(), message.kind(), message.name(),
				message.sentAt(), message.sizeBytes(), hide(message.payload()), message.failure());
	}

	RunFailure in(RunFailure failure) {
		return this.areShown ? failure
				: new RunFailure(failure.id(), failure.status(), failure.operation(), failure.failure(), HIDDEN);
	}

	/**
	 * Refuses an answer that is nothing but a payload.
	 */
	void check(String what) {
		if (!this.areShown) {
			throw RequestRefusedException.forbidden(what + " is hidden from users who are not authorized, see "
					+ "kraft.web.show-values; without Spring Security no user is authorized");
		}
	}

	private static @Nullable String hide(@Nullable String payload) {
		return (payload != null) ? HIDDEN : null;
	}

}

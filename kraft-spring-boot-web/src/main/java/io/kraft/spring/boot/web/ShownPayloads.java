package io.kraft.spring.boot.web;

import java.util.Objects;

import io.kraft.client.JournalEntryView;
import io.kraft.client.MessageView;
import io.kraft.client.RunFailure;
import io.kraft.client.WorkflowDetail;
import io.kraft.spring.boot.autoconfigure.KraftProperties.Web.ShowValues;
import io.kraft.spring.boot.autoconfigure.operator.Payloads;
import org.jspecify.annotations.Nullable;

/**
 * Whether answers show the arguments and results of runs, which hold the data of
 * customers. The same as with the actuator: only to authorized users, unless the
 * application configures otherwise; without Spring Security there are none.
 */
record ShownPayloads(Payloads payloads) {

	/**
	 * As the application configures it.
	 * @param isSecured whether every caller is checked for the authority to read
	 */
	static ShownPayloads of(ShowValues show, boolean isSecured) {
		return new ShownPayloads(Payloads.shownIf(switch (show) {
			case NEVER -> false;
			case WHEN_AUTHORIZED -> isSecured;
			case ALWAYS -> true;
		}));
	}

	JournalEntryView in(JournalEntryView entry) {
		return new JournalEntryView(entry.sequence(), entry.fact(), entry.position(), entry.kind(), entry.name(),
				show(entry.arguments()), show(entry.outcome()), entry.failure(), entry.attempt(), entry.dueAt(),
				entry.at());
	}

	WorkflowDetail in(WorkflowDetail run) {
		return new WorkflowDetail(run.workflow(), run.since(), run.open(), run.lastError(), run.failedIn(),
				run.entries(), show(run.input()), show(run.output()));
	}

	MessageView in(MessageView message) {
		return new MessageView(message.number(), message.kind(), message.name(), message.sentAt(), message.sizeBytes(),
				show(message.payload()), message.failure());
	}

	RunFailure in(RunFailure failure) {
		return new RunFailure(failure.id(), failure.status(), failure.operation(), failure.failure(),
				Objects.requireNonNull(show(failure.stackTrace())));
	}

	/**
	 * Refuses an answer that is nothing but a payload.
	 */
	void check(String what) {
		if (this.payloads == Payloads.HIDDEN) {
			throw RequestRefusedException.forbidden(what + " is hidden from users who are not authorized, see "
					+ "kraft.web.show-values; without Spring Security no user is authorized");
		}
	}

	private @Nullable String show(@Nullable String payload) {
		return this.payloads.show(payload);
	}

}

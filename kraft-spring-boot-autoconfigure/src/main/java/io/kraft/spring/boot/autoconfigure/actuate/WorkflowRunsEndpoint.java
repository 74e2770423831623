package io.kraft.spring.boot.autoconfigure.actuate;

import java.util.List;

import io.kraft.client.WorkflowClient;
import io.kraft.client.WorkflowNotFoundException;
import io.kraft.client.WorkflowQuery;
import io.kraft.spring.boot.autoconfigure.operator.Payloads;
import io.kraft.workflow.KraftException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

/**
 * Lists runs, shows a run and its journal, and lets an operator control runs.
 */
@Endpoint(id = "workflowruns", defaultAccess = Access.READ_ONLY)
public final class WorkflowRunsEndpoint {

	private static final String JOURNAL = "journal";

	private static final String EXPORT = "export";

	private static final String FAILURE = "failure";

	private static final String MESSAGES = "messages";

	private final WorkflowClient client;

	private final WorkflowActions actions;

	private final Payloads payloads;

	/**
	 * An endpoint above the given client that shows payloads to authorized users.
	 */
	public WorkflowRunsEndpoint(WorkflowClient client) {
		this(client, Show.WHEN_AUTHORIZED);
	}

	/**
	 * An endpoint above the given client.
	 * @param showPayloads of a call that does not come over HTTP, every caller is
	 * authorized
	 */
	public WorkflowRunsEndpoint(WorkflowClient client, Show showPayloads) {
		this.client = client;
		this.actions = new WorkflowActions(client);
		this.payloads = Payloads.shownIf(showPayloads.isShown(true));
	}

	/**
	 * A page of runs, newest first; filters are combined by "and".
	 * @param name workflow name
	 * @param status any of these, repeated or separated by commas, in upper or lower case
	 * @param tag {@code key:value}, all of these when repeated. Not a list of texts,
	 * because the actuator would split a value at its commas
	 * @param limit most runs of the page, 1 to 1000; 100 by default
	 * @param cursor {@code nextCursor} of the page before
	 * @throws InvalidEndpointRequestException if a parameter is malformed
	 */
	@ReadOperation
	public WorkflowsDescriptor workflows(@Nullable String name, @Nullable List<String> status, @Nullable Object tag,
			@Nullable String limit, @Nullable String cursor) {
		return WorkflowsDescriptor.of(this.client, QueryParameters.parse(name, status, tag, limit, cursor));
	}

	/**
	 * What is known of a run; null if its id is unknown.
	 */
	@ReadOperation
	public @Nullable WorkflowDetailDescriptor workflow(@Selector String id) {
		try {
			return workflow(id, this.payloads);
		}
		catch (WorkflowNotFoundException ex) {
			return null;
		}
	}

	WorkflowDetailDescriptor workflow(String id, Payloads payloads) {
		try {
			return WorkflowDetailDescriptor.of(this.client.inspect(id), payloads);
		}
		catch (KraftException ex) {
			// An operator looks for a run whose journal is damaged.
			return this.client.find(id).map((run) -> WorkflowDetailDescriptor.of(run, ex)).orElseThrow(() -> ex);
		}
	}

	/**
	 * A piece of the run's journal, or the whole of it as a text that a test can replay,
	 * or what went wrong with the run, or the messages that it has not taken; null if the
	 * id is unknown, or nothing went wrong.
	 * @param view what to show of the run: {@code journal}, {@code export},
	 * {@code failure} or {@code messages}
	 * @param from the first operation of the journal, or the first message, counted from
	 * 0; 0 by default
	 * @param limit most operations, or messages, 1 to 1000; 1000 by default
	 * @throws InvalidEndpointRequestException if a parameter is malformed
	 */
	@ReadOperation
	public @Nullable Object view(@Selector String id, @Selector String view, @Nullable String from,
			@Nullable String limit) {
		try {
			return view(id, view, from, limit, this.payloads);
		}
		catch (WorkflowNotFoundException | NothingFoundException ex) {
			return null;
		}
	}

	Object view(String id, String view, @Nullable String from, @Nullable String limit, Payloads payloads) {
		return switch (view) {
			case JOURNAL -> journal(id, from, limit, payloads);
			case EXPORT -> export(id, payloads);
			case MESSAGES -> messages(id, from, limit, payloads);
			case FAILURE -> FailureDescriptor
				.of(this.client.failure(id).orElseThrow(() -> NothingFoundException.noFailure(id)), payloads);
			default -> throw NothingFoundException.unknown("view", view, List.of(JOURNAL, EXPORT, MESSAGES, FAILURE));
		};
	}

	private JournalDescriptor journal(String id, @Nullable String from, @Nullable String limit, Payloads payloads) {
		return JournalDescriptor.of(this.client.operations(id), begin(from), most(limit), payloads);
	}

	private MessagesDescriptor messages(String id, @Nullable String from, @Nullable String limit, Payloads payloads) {
		return MessagesDescriptor.of(this.client.messages(id), begin(from), most(limit), payloads);
	}

	private static int begin(@Nullable String from) {
		return QueryParameters.number("from", from, 0, 0, Integer.MAX_VALUE);
	}

	private static int most(@Nullable String limit) {
		return QueryParameters.number("limit", limit, WorkflowQuery.MAX_LIMIT, 1, WorkflowQuery.MAX_LIMIT);
	}

	private String export(String id, Payloads payloads) {
		if (payloads == Payloads.HIDDEN) {
			throw new HiddenPayloadsException(id);
		}
		return this.client.export(id);
	}

	/**
	 * Applies an action to a run; durable when it returns.
	 * @param action {@code cancel}, {@code fail}, {@code terminate}, {@code pause},
	 * {@code resume}, {@code retry}, {@code restart}, {@code signal}, {@code discard} or
	 * {@code replace}
	 * @param name of the signal
	 * @param payload of the signal, or in place of that of a message, as JSON; null if it
	 * has none
	 * @param messageId of the signal; a repeated one is one signal
	 * @param from of a restart: position of the operation before which the journal is
	 * kept; by default nothing is
	 * @param reason of a failure
	 * @param number of the message that is discarded or replaced
	 * @return the run afterwards; for a restart, the new one
	 * @throws InvalidEndpointRequestException if a parameter is missing or malformed
	 */
	@WriteOperation
	public WorkflowDescriptor act(@Selector String id, @Selector String action, @Nullable String name,
			@Nullable String payload, @Nullable String messageId, @Nullable String from, @Nullable String reason,
			@Nullable String number) {
		return this.actions.act(id, action, new ActionParameters(name, payload, messageId, from, reason, number));
	}

	/**
	 * Removes a run that has ended, with its journal.
	 * @return what is removed
	 */
	@DeleteOperation
	public WorkflowDescriptor delete(@Selector String id) {
		return this.actions.delete(id);
	}

}

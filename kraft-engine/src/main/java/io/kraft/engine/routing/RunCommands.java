package io.kraft.engine.routing;

import io.kraft.client.InboxFullException;
import io.kraft.client.MessageNotFoundException;
import io.kraft.client.UnexpectedPayloadException;
import io.kraft.client.WorkflowEndedException;
import io.kraft.client.WorkflowNotFoundException;
import io.kraft.engine.journal.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * What callers do to the runs of a partition; durable when a method returns.
 */
public interface RunCommands {

	/**
	 * Sends a signal to a run.
	 * @param messageId a repeated one is one signal of that name; null if there is none
	 * @throws WorkflowNotFoundException if the id is unknown
	 * @throws WorkflowEndedException if the run has ended
	 * @throws InboxFullException if the run's inbox is full
	 * @throws UnexpectedPayloadException if the run waits for another payload now
	 */
	void signal(Call call, String id, String name, Outcome outcome, @Nullable String messageId);

	/**
	 * Completes or fails a callback; has no effect on one that was.
	 * @throws WorkflowNotFoundException if the token belongs to no callback
	 * @throws WorkflowEndedException if the run has ended
	 */
	void complete(Call call, String token, Outcome outcome);

	/**
	 * Where a callback was opened.
	 * @throws WorkflowNotFoundException if the token belongs to no callback
	 */
	String callback(Call call, String token);

	/**
	 * Operates a run.
	 * @throws WorkflowNotFoundException if the id is unknown
	 * @throws io.kraft.workflow.KraftException if the run does not admit it
	 */
	void control(Call call, String id, RunControlAction action);

	/**
	 * Retries a run that a parent has started, if it has ended otherwise than completed.
	 * @param workflow of the run
	 * @throws WorkflowNotFoundException if another run has the id now, or none
	 */
	void retryChild(Call call, StartedRun run, String workflow);

	/**
	 * Lets a run fail; one that has ended stays as it is.
	 * @param reason for people
	 * @throws WorkflowNotFoundException if the id is unknown
	 */
	void failRun(Call call, String id, String reason);

	/**
	 * Removes a message that a run has not taken.
	 * @throws MessageNotFoundException if the run does not have it, or has taken it
	 */
	void discardMessage(Call call, String id, long number);

	/**
	 * Puts another payload in place of that of a message.
	 * @throws MessageNotFoundException if the run does not have it, or has taken it
	 */
	void replaceMessage(Call call, String id, long number, Outcome.Success outcome);

}

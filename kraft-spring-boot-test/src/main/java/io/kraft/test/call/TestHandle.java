package io.kraft.test.call;

import io.kraft.client.WorkflowClient;
import io.kraft.client.WorkflowHandle;
import org.jspecify.annotations.Nullable;

/**
 * A handle that was got in a test, and can show more of its run than others.
 *
 * @param <R> type of the result
 */
public interface TestHandle<R extends @Nullable Object> extends WorkflowHandle<R> {

	/**
	 * The client that has made it.
	 */
	WorkflowClient client();

	/**
	 * Lets everything happen that can without the clock being moved.
	 */
	void awaitQuiescence();

}

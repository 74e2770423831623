package io.kraft.client;

/**
 * Starts runs, and inspects and operates them: the sum of {@link RunStarts},
 * {@link RunOperations}, {@link RunInspection}, {@link QueueOperations} and
 * {@link ScheduleOperations}. A class that needs a part only is better given that part:
 * in a Spring application the client can be injected by the type of each. Thread-safe.
 * <p>
 * In the code of a workflow every call that changes something is refused.
 *
 * {@snippet class = "io.kraft.example.OrderDesk" region = "client"}
 *
 * @since 0.1.0
 */
public interface WorkflowClient extends RunStarts, RunOperations, RunInspection, QueueOperations, ScheduleOperations {

}

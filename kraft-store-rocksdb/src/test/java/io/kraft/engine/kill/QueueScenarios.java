package io.kraft.engine.kill;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import io.kraft.client.EnqueueOptions;
import io.kraft.client.WorkflowClient;
import io.kraft.client.WorkflowHandle;
import io.kraft.engine.definition.MethodSignature;
import io.kraft.engine.definition.NamedStep;
import io.kraft.engine.definition.WorkflowDefinition;
import io.kraft.workflow.StepContext;
import io.kraft.workflow.WorkQueue;
import org.jspecify.annotations.Nullable;

/**
 * Items of three queues. What an item does is in its text, which may also be its key:
 * some are done at the first attempt, some at the second, some when they are mended, some
 * never.
 */
final class QueueScenarios {

	/** Two at once, and it is paused now and then. */
	static final WorkQueue MAIL = WorkQueue.named("mail")
		.concurrency(2)
		.retry(2, Duration.ofMillis(4), Duration.ofMillis(8));

	/** So many attempts a period, which is longer than a life. */
	static final WorkQueue SMS = WorkQueue.named("sms").rateLimit(12, Duration.ofMillis(2500));

	/** Not declared. */
	static final WorkQueue POST = WorkQueue.named("post");

	private static final int MAX_ATTEMPTS = 3;

	private static final List<String> KINDS = List.of("well", "well", "late", "late", "mend", "dead");

	/** So many lives have as many items for the limited rate as one may get done. */
	private static final int BURST_EVERY = 4;

	private static final int BURST = 10;

	private final AtomicInteger burst = new AtomicInteger();

	private final Steps steps;

	private final NamedStep send;

	/**
	 * The queues of one life.
	 * @param life its number
	 */
	QueueScenarios(Steps steps, int life) {
		this.burst.set((life % BURST_EVERY == 1) ? BURST : 0);
		this.steps = steps;
		this.send = steps.named(1, MAX_ATTEMPTS, this::send);
	}

	/**
	 * What holds for items; there is no workflow to define.
	 */
	static List<Scenario> all() {
		return Stream.of(MAIL, SMS, POST)
			.map((queue) -> new Scenario(
					WorkflowDefinition.of(WorkQueue.ITEMS + queue.name(),
							MethodSignature.of(String.class, String.class), (arguments) -> null),
					QueueScenarios::isRight, 0))
			.toList();
	}

	NamedStep step() {
		return this.send;
	}

	/**
	 * Whether one more item may come for the limited rate.
	 */
	boolean takesBurst() {
		return this.burst.getAndDecrement() > 0;
	}

	static boolean isItem(String workflow) {
		return workflow.startsWith(WorkQueue.ITEMS);
	}

	/**
	 * How often an item is attempted.
	 */
	static int maxAttempts(String workflow) {
		return workflow.endsWith(MAIL.name()) ? 2 : MAX_ATTEMPTS;
	}

	/** The id of an item without a key says nothing. */
	private static boolean isRight(String id, String end) {
		return (!isItem(id) || end.contains(id.substring(id.lastIndexOf(':') + 1)))
				&& end.matches("well.*@1|late.*@2|mend.*@1|FAILED no mend.*|FAILED no dead.*");
	}

	private String send(String text) throws Exception {
		StepContext context = StepContext.current();
		String id = context.workflowId();
		this.steps.marks().add(Mark.Kind.ENTERED, id);
		try {
			TimeUnit.MILLISECONDS.sleep(5);
			boolean succeeds = switch (text.substring(0, 4)) {
				case "well" -> true;
				case "late" -> context.attempt() == 2;
				case "mend" -> this.steps.marks().count(Mark.Kind.MENDING, id) > 0;
				default -> false;
			};
			if (!succeeds) {
				throw new IOException("no " + text);
			}
			return text + "@" + context.attempt();
		}
		finally {
			this.steps.marks().add(Mark.Kind.LEFT, id);
		}
	}

	/**
	 * Puts a call of the step into a queue.
	 * @param workflow of the queue's items
	 * @param number makes the call one of its own
	 */
	WorkflowHandle<@Nullable Object> enqueue(WorkflowClient client, String workflow, String number) {
		String text = KINDS.get(Scenario.kind(number, KINDS.size())) + "-" + number.substring(WorkQueue.ITEMS.length());
		String keyed = workflow + ":" + text;
		EnqueueOptions options = EnqueueOptions.defaults();
		if (hasKey(number)) {
			this.steps.marks().add(Mark.Kind.ASKED, keyed);
			options = options.key(text).priority(priority(keyed)).delay(Duration.ofMillis(delayMillis(keyed)));
		}
		WorkflowHandle<@Nullable Object> item = client.enqueue(workflow.substring(WorkQueue.ITEMS.length()), options,
				() -> Steps.checked(() -> this.send.body().call(new @Nullable Object[] { text })));
		if (hasKey(number) && !item.id().equals(keyed)) {
			throw new IllegalStateException("key " + text + " is item " + item.id());
		}
		return item;
	}

	/**
	 * Whether a second call with the number is the same item. What has to be found again
	 * has a key.
	 */
	static boolean hasKey(String number) {
		return Scenario.kind(number, KINDS.size()) % 2 == 0 || Scenario.kind(number, KINDS.size()) == 5;
	}

	static int priority(String id) {
		return isItem(id) ? Scenario.kind(id, 3) : 0;
	}

	static int delayMillis(String id) {
		return (isItem(id) && Scenario.kind(id, 5) == 0) ? 60 : 0;
	}

}

package io.kraft.engine.store;

import java.util.List;

import io.kraft.engine.store.Change.AttemptCounted;
import io.kraft.engine.store.Change.AttemptForgotten;
import io.kraft.engine.store.Change.QueuePaused;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a store promises about what it keeps of queues.
 */
abstract class QueueContract extends MessageContract {

	@Test
	void keepsWhichQueuesArePaused() {
		assertThat(store().pausedQueues()).isEmpty();
		store().commit(1, List.of(new QueuePaused("mail", true), new QueuePaused("mailß", true)));
		store().commit(1, List.of(new QueuePaused("mai", true), new QueuePaused("mail", false)));
		reopen();

		assertThat(store().pausedQueues()).containsExactly("mai", "mailß");
		assertThat(store().epoch()).as("beside them").isEqualTo(1);
	}

	@Test
	void keepsTheAttemptsOfEachQueueInTheOrderOfTheirTimes() {
		QueueAttempt first = new QueueAttempt("mail", NOON, 300);
		QueueAttempt second = new QueueAttempt("mail", NOON.plusMillis(1), 2);
		QueueAttempt third = new QueueAttempt("mail", NOON.plusSeconds(86_400), 1);
		QueueAttempt other = new QueueAttempt("mails", NOON, 1);
		store().commit(1, List.of(new AttemptCounted(third), new AttemptCounted(second), new AttemptCounted(other)));
		store().commit(1, List.of(new AttemptCounted(first), new AttemptForgotten(second)));
		reopen();

		assertThat(store().queueAttempts("mail")).containsExactly(first, third);
		assertThat(store().queueAttempts("mails")).containsExactly(other);
		assertThat(store().queueAttempts("mai")).isEmpty();
	}

}

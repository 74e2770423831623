package io.kraft.engine.kill;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;

import io.kraft.client.OperationView;
import io.kraft.client.WorkflowDescription;
import io.kraft.client.WorkflowStatus;
import io.kraft.workflow.WorkQueue;
import io.kraft.workflow.WorkQueue.Rate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What must hold for the items of {@link QueueScenarios}.
 */
final class QueueChecks {

	private static final String MAIL = WorkQueue.ITEMS + QueueScenarios.MAIL.name();

	private static final String SMS = WorkQueue.ITEMS + QueueScenarios.SMS.name();

	private final Aftermath aftermath;

	QueueChecks(Aftermath aftermath) {
		this.aftermath = aftermath;
	}

	void check() {
		Set<String> texts = new HashSet<>();
		QueueScenarios.all().stream().flatMap((queue) -> this.aftermath.runs(queue.name())).forEach((item) -> {
			checkAttempts(item);
			String text = this.aftermath.end(item).replaceAll("FAILED no |@.*", "");
			assertThat(texts.add(text)).as("one item is made of %s", text).isTrue();
		});
		int concurrency = Objects.requireNonNull(QueueScenarios.MAIL.concurrency());
		Places mail = Places.of(this.aftermath, MAIL, concurrency);
		mail.checkLimit();
		mail.checkDelays(QueueScenarios::delayMillis);
		mail.checkPriorities(QueueScenarios::priority, QueueScenarios::delayMillis);
		Places.of(this.aftermath, SMS, Integer.MAX_VALUE).checkDelays(QueueScenarios::delayMillis);
		checkRest(concurrency);
		checkRate(Objects.requireNonNull(QueueScenarios.SMS.rate()));
		checkCounted();
	}

	/** All attempts of each round that failed, and none besides. */
	private void checkAttempts(WorkflowDescription item) {
		List<Effect> effects = this.aftermath.effectsOf(item.id()).filter((effect) -> !effect.isEnd()).toList();
		int max = QueueScenarios.maxAttempts(item.name());
		int rounds = Scenario.isMended(item.id()) ? 1 : 0;
		if (item.status() == WorkflowStatus.DEAD) {
			assertThat(rounds).as("rounds of the dead item %s", item.id()).isZero();
			assertThat(this.aftermath.kinds(item.id(), "step").map(OperationView::attempts))
				.as("recorded attempts of %s", item.id())
				.containsExactly(max);
			rounds = 1;
		}
		for (int round = 0; round < rounds; round++) {
			int failed = round;
			assertThat(effects.stream().filter((effect) -> effect.round() == failed).map(Effect::attempt).distinct())
				.as("attempts in round %s of %s", round, item.id())
				.containsExactlyElementsOf(IntStream.rangeClosed(1, max).boxed().toList());
		}
		assertThat(effects).as("entries of %s", item.id()).isNotEmpty();
	}

	/** In each life, those only go on in a paused queue that had begun before. */
	private void checkRest(int limit) {
		Map<String, Integer> entered = new HashMap<>();
		boolean paused = false;
		for (Mark mark : this.aftermath.marks()) {
			if (mark.subject().equals(QueueScenarios.MAIL.name())) {
				paused = mark.kind() == Mark.Kind.PAUSED;
				entered.clear();
			}
			else if (paused && mark.kind() == Mark.Kind.ENTERED && this.aftermath.isRunOf(mark.subject(), MAIL)) {
				assertThat(entered.merge(mark.life(), 1, Integer::sum))
					.as("entered in a paused queue, at last %s", mark)
					.isLessThanOrEqualTo(limit);
			}
		}
	}

	private void checkRate(Rate rate) {
		List<Long> counted = this.aftermath.marks(Mark.Kind.COUNTED).map(Mark::at).sorted().toList();
		for (int i = rate.max(); i < counted.size(); i++) {
			assertThat(Duration.ofMillis(counted.get(i) - counted.get(i - rate.max())))
				.as("the time of %s attempts until %s", rate.max() + 1, counted.get(i))
				.isGreaterThanOrEqualTo(rate.period());
		}
	}

	/**
	 * An attempt is counted before it is made; one that a kill has cut off is made again,
	 * at most once in a life. The kill may have come before that was marked.
	 */
	private void checkCounted() {
		Map<String, String> lastLife = new HashMap<>();
		Map<String, Integer> counted = new HashMap<>();
		for (Mark mark : this.aftermath.marks()) {
			if (mark.kind() == Mark.Kind.COUNTED) {
				counted.merge(mark.life() + mark.subject(), 1, Integer::sum);
				lastLife.put(mark.subject(), mark.life());
			}
			else if (mark.kind() == Mark.Kind.ASKED) {
				lastLife.putIfAbsent(mark.subject(), mark.life());
			}
			else if (mark.kind() == Mark.Kind.ENTERED && this.aftermath.isRunOf(mark.subject(), SMS)) {
				boolean mayBeMadeAgain = !mark.life().equals(lastLife.put(mark.subject(), mark.life()));
				assertThat(mayBeMadeAgain || counted.merge(mark.life() + mark.subject(), -1, Integer::sum) >= 0)
					.as("counted before it was entered, %s", mark)
					.isTrue();
			}
		}
	}

}

package io.kraft.spring.boot.autoconfigure.guide;

import java.time.Duration;
import java.util.List;

import io.kraft.client.OperationView;
import io.kraft.client.WorkflowClient;
import io.kraft.client.WorkflowHandle;
import io.kraft.client.WorkflowQuery;
import io.kraft.client.WorkflowStatus;
import io.kraft.spring.boot.autoconfigure.KraftAutoConfiguration;
import io.kraft.workflow.WorkflowCancelledException;
import io.kraft.workflow.WorkflowFailedException;
import io.kraft.workflow.WorkflowTimeoutException;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.groups.Tuple.tuple;
import static org.awaitility.Awaitility.await;

/**
 * What the pages about branches, children, undoing and cancellation say of their
 * examples.
 */
class TripGuideTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(KraftAutoConfiguration.class))
		.withPropertyValues("kraft.storage.type=memory")
		.withBean(MovableClock.class)
		.withBean(Trips.class);

	@Test
	void branchesAskAtOnce() {
		this.runner.run((context) -> {
			Trips trips = context.getBean(Trips.class);

			assertThat(trips.bestOffer(List.of("Condor", "Ryan", "Lufthansa"))).isEqualTo("Ryan");
			assertThat(trips.askAround("Rome")).isIn("the train to Rome", "the bus to Rome");
		});
	}

	@Test
	void childrenAreRunsWithIdsMadeOfTheirParents() {
		this.runner.run((context) -> {
			Trips trips = context.getBean(Trips.class);
			WorkflowClient client = context.getBean(WorkflowClient.class);
			WorkflowHandle<String> run = client.start(() -> trips.roundTrip("Rome", "Oslo"));

			assertThat(run.result()).isEqualTo("flight to Rome, hotel in Rome and flight to Oslo, hotel in Oslo");
			assertThat(client.handle(run.id() + ".1").describe().parentId()).contains(run.id());
		});
	}

	@Test
	void aTripWithoutAHotelIsUndone() {
		this.runner.run((context) -> {
			Trips trips = context.getBean(Trips.class);

			assertThatIllegalStateException().isThrownBy(() -> trips.book("Rome", false))
				.withMessage("no room in Rome");
			assertThat(trips.effects()).containsExactly("book flight to Rome", "Sorry, no trip to Rome",
					"cancel flight to Rome");
			WorkflowClient client = context.getBean(WorkflowClient.class);
			String id = client.list(WorkflowQuery.all()).items().getFirst().id();
			assertThat(client.operations(id))
				.extracting(OperationView::position, OperationView::kind, OperationView::name)
				.contains(tuple("4", "undo", ""), tuple("4.1", "undo", "notify the customer"),
						tuple("4.1.1", "step", "Trips.mail"), tuple("4.2", "step", "Trips.cancelFlight"));
		});
	}

	@Test
	void aWatchEndsWhenItIsCancelledOrItsTimeIsOver() {
		this.runner.run((context) -> {
			Trips trips = context.getBean(Trips.class);
			WorkflowClient client = context.getBean(WorkflowClient.class);
			WorkflowHandle<Integer> watched = client.start(() -> trips.watchPrices("Lufthansa"));
			WorkflowHandle<Integer> forAWeek = trips.watchForAWeek("Alitalia");
			await().until(() -> watched.status() == WorkflowStatus.SUSPENDED
					&& forAWeek.status() == WorkflowStatus.SUSPENDED);

			trips.stopWatching(watched.id());
			context.getBean(MovableClock.class).advance(Duration.ofDays(7));

			assertThatExceptionOfType(WorkflowCancelledException.class).isThrownBy(watched::result);
			assertThatExceptionOfType(WorkflowTimeoutException.class)
				.isThrownBy(() -> forAWeek.result(Duration.ofSeconds(20)));
			assertThat(trips.effects()).contains("The watch over Lufthansa has ended",
					"The watch over Alitalia has ended");
		});
	}

	@Test
	void aWatchThatIsGivenUpFailsWithTheReason() {
		this.runner.run((context) -> {
			Trips trips = context.getBean(Trips.class);
			WorkflowClient client = context.getBean(WorkflowClient.class);
			WorkflowHandle<Integer> watched = client.start(() -> trips.watchPrices("Lufthansa"));
			await().until(() -> watched.status() == WorkflowStatus.SUSPENDED);

			trips.giveUp(watched.id());

			assertThatExceptionOfType(WorkflowFailedException.class).isThrownBy(watched::result)
				.withStackTraceContaining("the airline has closed");
			assertThat(trips.effects()).containsExactly("The watch over Lufthansa has ended");
		});
	}

	@Test
	void aFailedTripSaysWhatWentWrong() {
		this.runner.run((context) -> {
			Trips trips = context.getBean(Trips.class);
			WorkflowClient client = context.getBean(WorkflowClient.class);
			assertThatIllegalStateException().isThrownBy(() -> trips.book("Rome", false));

			String id = client.list(WorkflowQuery.all()).items().getFirst().id();

			assertThat(trips.whatWentWrong(id)).contains("java.lang.IllegalStateException: no room in Rome");
		});
	}

	@Test
	void aMessageThatPausesATallyIsReplacedOrDiscarded() {
		this.runner.run((context) -> {
			Trips trips = context.getBean(Trips.class);
			WorkflowClient client = context.getBean(WorkflowClient.class);
			WorkflowHandle<Integer> replaced = pausedTally(client, trips);
			WorkflowHandle<Integer> discarded = pausedTally(client, trips);

			trips.replaceMessage(replaced.id(), "add", 5);
			trips.discardMessages(discarded.id());
			discarded.signal("add", 7);

			assertThat(replaced.result()).isEqualTo(5);
			assertThat(discarded.result()).isEqualTo(7);
		});
	}

	/** One that has got a text where it takes a number. */
	private static WorkflowHandle<Integer> pausedTally(WorkflowClient client, Trips trips) {
		WorkflowHandle<Integer> run = client.start(() -> trips.tally(0));
		client.pause(run.id());
		await().until(() -> run.status() == WorkflowStatus.PAUSED);
		run.signal("add", "five");
		client.resume(run.id());
		await().until(() -> String.valueOf(run.describe().reason()).startsWith("KRAFT-1004"));
		return run;
	}

	@Test
	void aTallyGoesOnWithFreshJournals() {
		this.runner.run((context) -> {
			Trips trips = context.getBean(Trips.class);
			WorkflowClient client = context.getBean(WorkflowClient.class);
			WorkflowHandle<Integer> run = client.start(() -> trips.tally(2));
			for (int number = 1; number <= 3; number++) {
				run.signal("add", number);
			}

			assertThat(run.result()).isEqualTo(6);
		});
	}

}

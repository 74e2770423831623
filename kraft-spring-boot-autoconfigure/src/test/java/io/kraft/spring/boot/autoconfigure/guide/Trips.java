package io.kraft.spring.boot.autoconfigure.guide;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;

import io.kraft.client.FailedOperation;
import io.kraft.client.MessageView;
import io.kraft.client.RunFailure;
import io.kraft.client.StartOptions;
import io.kraft.client.WorkflowClient;
import io.kraft.client.WorkflowHandle;
import io.kraft.workflow.DurableFuture;
import io.kraft.workflow.Retry;
import io.kraft.workflow.Step;
import io.kraft.workflow.Workflow;
import io.kraft.workflow.WorkflowContext;

import org.springframework.stereotype.Service;

/**
 * Work at once, children, undoing and cancellation, as their pages show them.
 */
@Service
class Trips {

	private final WorkflowContext workflow;

	private final WorkflowClient client;

	private final List<String> effects = new CopyOnWriteArrayList<>();

	Trips(WorkflowContext workflow, WorkflowClient client) {
		this.workflow = workflow;
		this.client = client;
	}

	List<String> effects() {
		return this.effects;
	}

	@Workflow(name = "best-offer")
	String bestOffer(List<String> airlines) {
		List<Callable<Integer>> questions = new ArrayList<>();
		for (String airline : airlines) {
			questions.add(() -> price(airline));
		}
		List<Integer> prices = this.workflow.parallel(questions);
		return airlines.get(prices.indexOf(prices.stream().min(Integer::compare).orElseThrow()));
	}

	@Workflow(name = "ask-around")
	String askAround(String city) {
		DurableFuture<String> train = this.workflow.async(() -> timetable("train", city));
		DurableFuture<String> bus = this.workflow.async(() -> timetable("bus", city));
		DurableFuture<String> first = DurableFuture.anyOf(train, bus);
		Optional<String> answer = first.await(Duration.ofMinutes(5));
		return answer.orElse("walk");
	}

	@Workflow(name = "round-trip")
	String roundTrip(String there, String back) {
		DurableFuture<String> outward = this.workflow.startChild(() -> book(there, true));
		DurableFuture<String> homeward = this.workflow.startChild(() -> book(back, true));
		return String.join(" and ", DurableFuture.allOf(outward, homeward).await());
	}

	@Workflow(name = "book-trip", timeout = "2h")
	String book(String city, boolean hotelHasRooms) {
		String flight = bookFlight(city);
		this.workflow.onFailure("notify the customer", () -> mail("Sorry, no trip to " + city));
		String hotel = bookHotel(city, hotelHasRooms);
		return flight + ", " + hotel;
	}

	@Step(name = "book-flight", compensation = "cancelFlight")
	String bookFlight(String city) {
		this.effects.add("book flight to " + city);
		return "flight to " + city;
	}

	void cancelFlight(String city, String flight) {
		this.effects.add("cancel " + flight);
	}

	@Step(name = "book-hotel", retry = @Retry(maxAttempts = 1))
	String bookHotel(String city, boolean hasRooms) {
		if (!hasRooms) {
			throw new IllegalStateException("no room in " + city);
		}
		return "hotel in " + city;
	}

	@Workflow(name = "watch-prices")
	int watchPrices(String airline) {
		try {
			while (true) {
				int price = price(airline);
				if (price < 50) {
					return price;
				}
				this.workflow.sleep(Duration.ofHours(6));
			}
		}
		finally {
			this.workflow.nonCancellable(() -> mail("The watch over " + airline + " has ended"));
		}
	}

	void stopWatching(String id) {
		this.client.cancel(id);
	}

	WorkflowHandle<Integer> watchForAWeek(String airline) {
		StartOptions options = StartOptions.defaults().timeout(Duration.ofDays(7));
		return this.client.start(options, () -> watchPrices(airline));
	}

	void giveUp(String id) {
		this.client.failRun(id, "the airline has closed");
	}

	@Workflow(name = "subscribe")
	String subscribe(String customer) {
		if (this.workflow.patched("greet first")) {
			mail("Hello " + customer);
		}
		this.workflow.sleep(Duration.ofDays(30));
		return customer;
	}

	@Workflow(name = "tally")
	int tally(int rounds) {
		int sum = this.workflow.state().get("sum", Integer.class).orElse(0);
		sum += this.workflow.awaitSignal("add", Integer.class);
		this.workflow.state().set("sum", sum);
		if (rounds > 0) {
			return this.workflow.continueAsNew(rounds - 1);
		}
		return sum;
	}

	List<WorkflowHandle<?>> operate(String id) {
		this.client.pause(id);
		this.client.resume(id);
		this.client.cancel(id);
		this.client.failRun(id, "the customer has gone");
		this.client.terminate(id);
		this.client.retry(id);
		WorkflowHandle<?> again = this.client.restart(id);
		WorkflowHandle<?> fromTheThird = this.client.restartFrom(id, "3");
		this.client.delete(id);
		return List.of(again, fromTheThird);
	}

	String whatWentWrong(String id) {
		RunFailure failure = this.client.failure(id).orElseThrow();
		FailedOperation operation = failure.operation();
		String where = (operation != null) ? operation.name() + " at " + operation.position()
				: "the code of the workflow";
		return where + ": " + failure.failure().type() + ": " + failure.failure().message();
	}

	void replaceMessage(String id, String signal, Object payload) {
		for (MessageView message : this.client.messages(id)) {
			if (message.name().equals(signal)) {
				this.client.replaceMessage(id, message.number(), payload);
			}
		}
		this.client.resume(id);
	}

	void discardMessages(String id) {
		this.client.messages(id).forEach((message) -> this.client.discardMessage(id, message.number()));
		this.client.resume(id);
	}

	@Step
	int price(String airline) {
		return airline.length() * 10;
	}

	@Step
	String timetable(String vehicle, String city) {
		return "the " + vehicle + " to " + city;
	}

	@Step
	void mail(String text) {
		this.effects.add(text);
	}

}

package io.kraft.sample.demo;

import java.util.List;

import io.kraft.workflow.Retry;
import io.kraft.workflow.Step;
import io.kraft.workflow.Workflow;

import org.springframework.stereotype.Component;

/**
 * A trip is a hotel, a flight and a car. If one cannot be had, those that were booked
 * before are cancelled, the last one first.
 */
@Component("saga")
class SagaDemo implements Demo {

	private final DemoOutput output;

	SagaDemo(DemoOutput output) {
		this.output = output;
	}

	@Override
	public void run() {
		for (Trip trip : List.of(new Trip("Rome", "nothing"), new Trip("Oslo", "flight"), new Trip("Lima", "car"))) {
			try {
				this.output.print("%s: %s".formatted(trip.city(), book(trip)));
			}
			catch (SoldOutException ex) {
				this.output.print("%s: no trip, %s".formatted(trip.city(), ex.getMessage()));
			}
		}
	}

	@Workflow(name = "book-trip", id = "'trip-' + #trip.city")
	String book(Trip trip) throws SoldOutException {
		String hotel = bookHotel(trip);
		String flight = bookFlight(trip);
		String car = bookCar(trip);
		return String.join(", ", hotel, flight, car);
	}

	@Step(compensation = "cancel", retry = @Retry(noRetryFor = SoldOutException.class))
	String bookHotel(Trip trip) throws SoldOutException {
		return reserve("hotel", trip);
	}

	@Step(compensation = "cancel", retry = @Retry(noRetryFor = SoldOutException.class))
	String bookFlight(Trip trip) throws SoldOutException {
		return reserve("flight", trip);
	}

	@Step(compensation = "cancel", retry = @Retry(noRetryFor = SoldOutException.class))
	String bookCar(Trip trip) throws SoldOutException {
		return reserve("car", trip);
	}

	void cancel(Trip trip, String reservation) {
		this.output.print("  cancel " + reservation);
	}

	private String reserve(String what, Trip trip) throws SoldOutException {
		if (what.equals(trip.soldOut())) {
			throw new SoldOutException("there is no " + what);
		}
		String reservation = "%s in %s".formatted(what, trip.city());
		this.output.print("  book " + reservation);
		return reservation;
	}

	record Trip(String city, String soldOut) {
	}

	static class SoldOutException extends Exception {

		private static final long serialVersionUID = 1L;

		SoldOutException(String message) {
			super(message);
		}

	}

}

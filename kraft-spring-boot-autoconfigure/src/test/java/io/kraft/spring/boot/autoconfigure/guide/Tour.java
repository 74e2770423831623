package io.kraft.spring.boot.autoconfigure.guide;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

import io.kraft.workflow.Step;
import io.kraft.workflow.StepOutcomeUnknownException;
import io.kraft.workflow.TypeRef;
import io.kraft.workflow.Workflow;
import io.kraft.workflow.WorkflowContext;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Service;

/**
 * What a run can do, a workflow for each section of the page.
 */
@Service
class Tour {

	private final WorkflowContext workflow;

	private final Payments payments;

	Tour(WorkflowContext workflow, Payments payments) {
		this.workflow = workflow;
		this.payments = payments;
	}

	@Workflow(name = "context")
	String context() {
		Instant now = this.workflow.now();
		UUID id = this.workflow.randomUuid();
		int dice = this.workflow.random().nextInt(1, 7);
		String host = this.workflow.sideEffect("host", String.class, () -> System.getProperty("user.name"));
		List<String> names = this.workflow.sideEffect("names", new TypeRef<List<String>>() {
		}, () -> List.of("ada", "grace"));
		this.workflow.sleep(Duration.ofDays(30));
		this.workflow.sleepUntil(now.plus(Duration.ofDays(60)));
		return this.workflow.workflowId() + id + dice + host + names;
	}

	@Workflow(name = "state")
	int state(List<String> items) {
		for (String item : items) {
			handle(item);
			int done = this.workflow.state().get("done", Integer.class).orElse(0);
			this.workflow.state().set("done", done + 1);
		}
		return this.workflow.state().get("done", Integer.class).orElse(0);
	}

	@Workflow(name = "pay-out", id = "#payout")
	String payOut(String payout, String iban, long cents) {
		try {
			this.payments.transfer(iban, cents);
			return "paid";
		}
		catch (StepOutcomeUnknownException ex) {
			return "ask the bank about " + payout;
		}
	}

	@Workflow(name = "results")
	String results() {
		Optional<Integer> found = find("lamp");
		Shape shape = shape();
		List<Shape> shapes = shapes();
		LocalDate day = day();
		String later = later().join();
		String mono = mono().block();
		List<Integer> flux = flux().collectList().block();
		return found + " " + shape + " " + shapes + " " + day + " " + later + " " + mono + " " + flux + " " + nothing();
	}

	@Step
	Optional<Integer> find(String item) {
		return Optional.of(item.length());
	}

	@Step
	Shape shape() {
		return new Square(2);
	}

	@Step
	List<Shape> shapes() {
		return List.of(new Circle(1), new Square(2));
	}

	@Step
	LocalDate day() {
		return LocalDate.of(2026, 11, 21);
	}

	@Step
	CompletableFuture<String> later() {
		return CompletableFuture.supplyAsync(() -> "later");
	}

	@Step
	Mono<String> mono() {
		return Mono.just("mono");
	}

	@Step
	Flux<Integer> flux() {
		return Flux.range(1, 3);
	}

	@Step
	@Nullable String nothing() {
		return null;
	}

	@Step
	void handle(String item) {
	}

	@Step
	void greet(String greeting) {
	}

	boolean isMorning(Instant instant) {
		return instant.atZone(ZoneOffset.UTC).getHour() < 12;
	}

	sealed interface Shape permits Circle, Square {

	}

	record Circle(double radius) implements Shape {
	}

	record Square(double side) implements Shape {
	}

}

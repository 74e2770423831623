package io.kraft.sample.order;

import java.net.URI;

import io.kraft.client.WorkflowClient;
import io.kraft.client.WorkflowHandle;
import io.kraft.client.WorkflowNotFoundException;
import io.kraft.client.WorkflowStatus;
import io.kraft.workflow.InvalidCallException;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Accepts orders and returns their state. Once an order is accepted, it is on the disk.
 */
@RestController
@RequestMapping("/orders")
class OrderController {

	private final WorkflowClient client;

	private final OrderWorkflow workflow;

	OrderController(WorkflowClient client, OrderWorkflow workflow) {
		this.client = client;
		this.workflow = workflow;
	}

	@PostMapping
	Mono<ResponseEntity<Void>> place(@RequestBody OrderRequest request) {
		Order order = request.toOrder();
		return Mono.fromFuture(() -> this.client.startAsync(() -> this.workflow.process(order)))
			.map((run) -> ResponseEntity.accepted().location(locationOf(run.id())).build());
	}

	@GetMapping("/{id}")
	Mono<OrderView> show(@PathVariable String id) {
		WorkflowHandle<Receipt> run = this.client.handle(id, Receipt.class);
		return Mono.fromCallable(run::describe)
			.subscribeOn(Schedulers.boundedElastic()) // Reads from the disk.
			.filter((order) -> order.name().equals(OrderWorkflow.NAME)) // Other runs are
																		// none of the
																		// customer's.
			.switchIfEmpty(Mono.error(() -> new WorkflowNotFoundException(id)))
			.flatMap((order) -> (order.status() == WorkflowStatus.COMPLETED)
					? Mono.fromFuture(run::resultAsync).map((receipt) -> OrderView.of(order, receipt))
					: Mono.just(OrderView.of(order, null)));
	}

	@ExceptionHandler
	ProblemDetail unknown(WorkflowNotFoundException ex) {
		return ProblemDetail.forStatusAndDetail(HttpStatus.NOT_FOUND, "There is no such order.");
	}

	@ExceptionHandler
	ProblemDetail invalid(InvalidCallException ex) {
		return ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST, "This is not the id of an order.");
	}

	private static URI locationOf(String id) {
		return UriComponentsBuilder.fromPath("/orders/{id}").encode().buildAndExpand(id).toUri();
	}

}

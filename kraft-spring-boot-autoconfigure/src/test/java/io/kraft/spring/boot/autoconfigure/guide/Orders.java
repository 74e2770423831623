package io.kraft.spring.boot.autoconfigure.guide;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.kraft.client.IfExists;
import io.kraft.client.OperationView;
import io.kraft.client.Page;
import io.kraft.client.ResultTimeoutException;
import io.kraft.client.StartOptions;
import io.kraft.client.WorkflowClient;
import io.kraft.client.WorkflowDescription;
import io.kraft.client.WorkflowHandle;
import io.kraft.client.WorkflowQuery;
import io.kraft.client.WorkflowStatus;
import io.kraft.spring.boot.autoconfigure.guide.OrderWorkflow.Order;
import io.kraft.spring.boot.autoconfigure.guide.OrderWorkflow.Receipt;
import io.kraft.workflow.WorkflowFailedException;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Service;

@Service
class Orders {

	private final WorkflowClient client;

	private final OrderWorkflow orders;

	Orders(WorkflowClient client, OrderWorkflow orders) {
		this.client = client;
		this.orders = orders;
	}

	Receipt processAndWait(Order order) throws CardDeclinedException {
		return this.orders.process(order);
	}

	WorkflowHandle<Receipt> place(Order order) {
		return this.client.start(() -> this.orders.process(order));
	}

	WorkflowHandle<Receipt> placeForShop(Order order, String shop) {
		StartOptions options = StartOptions.defaults().tags(Map.of("shop", shop)).ifExists(IfExists.FAIL);
		return this.client.start(options, () -> this.orders.process(order));
	}

	WorkflowHandle<?> placeByName(Order order) {
		return this.client.start("process-order", StartOptions.defaults(), order);
	}

	Mono<String> placeWithoutBlocking(Order order) {
		return Mono.fromFuture(() -> this.client.startAsync(() -> this.orders.process(order))).map(WorkflowHandle::id);
	}

	String look(String orderId) {
		WorkflowHandle<Receipt> run = this.client.handle("order-" + orderId, Receipt.class);
		try {
			return "shipped as " + run.result(Duration.ofSeconds(2)).trackingNumber();
		}
		catch (ResultTimeoutException ex) {
			return "waiting for " + run.describe().waitingFor();
		}
		catch (WorkflowFailedException ex) {
			return "failed: " + ex.getCause();
		}
	}

	List<String> allThatFailed(String shop) {
		List<String> failed = new ArrayList<>();
		WorkflowQuery query = WorkflowQuery.all()
			.name("process-order")
			.status(WorkflowStatus.FAILED, WorkflowStatus.PAUSED)
			.tag("shop", shop);
		while (true) {
			Page<WorkflowDescription> page = this.client.list(query);
			page.items().forEach((run) -> failed.add(run.id()));
			if (page.nextCursor().isEmpty()) {
				return failed;
			}
			query = query.cursor(page.nextCursor().get());
		}
	}

	Optional<WorkflowDescription> find(String orderId) {
		return this.client.find("order-" + orderId);
	}

	List<OperationView> journal(String orderId) {
		return this.client.operations("order-" + orderId);
	}

}

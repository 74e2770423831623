package io.kraft.test;

import java.util.List;
import java.util.concurrent.TimeUnit;

import io.kraft.client.StartOptions;
import io.kraft.client.WorkflowHandle;
import io.kraft.workflow.TypeRef;
import io.kraft.workflow.WorkflowContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Workflows and steps whose types have type arguments.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class TypeRefTests {

	private static final TypeRef<List<Order>> ORDERS = new TypeRef<>() {
	};

	private final WorkflowContext workflow = WorkflowContext.ofCallingRun();

	@RegisterExtension
	final KraftEngineExtension kraft = new KraftEngineExtension()
		.step("sort", ORDERS, ORDERS, (orders) -> orders.reversed())
		.workflow("orders", ORDERS, ORDERS, (orders) -> this.workflow.call("sort", ORDERS, orders));

	@Test
	void elementsComeAsTheirType() {
		WorkflowHandle<Object> run = this.kraft.client()
			.start("orders", StartOptions.defaults().id("o"), List.of(new Order("a"), new Order("b")));

		assertThat(run.result()).isEqualTo(List.of(new Order("b"), new Order("a")));
		assertThat(this.kraft.client().handle("o", ORDERS).result().getFirst().id()).isEqualTo("b");
	}

	record Order(String id) {

	}

}

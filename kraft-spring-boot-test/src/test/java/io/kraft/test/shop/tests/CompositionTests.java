package io.kraft.test.shop.tests;

import java.util.concurrent.TimeUnit;

import io.kraft.client.WorkflowClient;
import io.kraft.engine.KraftEngine;
import io.kraft.test.AutoConfigureKraftTest;
import io.kraft.test.KraftTest;
import io.kraft.test.WorkflowReplayer;
import io.kraft.test.WorkflowTestEnvironment;
import io.kraft.test.shop.FakeBank;
import io.kraft.test.shop.Orders;
import io.kraft.test.shop.Payments;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.junit.jupiter.SpringJUnitConfig;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Kraft's annotations beside those of Spring.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class CompositionTests {

	@Nested
	@SpringBootTest(properties = "shop.name=beside")
	@KraftTest
	class BesideSpringBootTest {

		@Test
		void theAttributesOfSpringBootTestCount(@Autowired Orders orders, @Value("${shop.name}") String name) {
			assertThat(name).isEqualTo("beside");
			assertThat(orders.process("lamp")).endsWith("parcel of lamp");
		}

	}

	@Nested
	@SpringJUnitConfig
	@AutoConfigureKraftTest
	@Import({ Orders.class, Payments.class, FakeBank.class })
	class BesideAPlainSpringTest {

		@Test
		void onlyTheBeansThatAreAskedForAreThere(@Autowired ApplicationContext context, @Autowired Orders orders,
				@Autowired WorkflowTestEnvironment environment, @Autowired WorkflowReplayer replayer) {
			assertThat(context.getBeansOfType(Orders.class)).hasSize(1);
			assertThat(orders.process("lamp")).endsWith("parcel of lamp");
			replayer.replay(environment.client().export("lamp"));
		}

	}

	@Nested
	@SpringBootTest(properties = "kraft.storage.type=memory")
	class WithoutTheAnnotation {

		@Test
		void theEngineIsTheApplicationsOwn(@Autowired ApplicationContext context, @Autowired KraftEngine engine,
				@Autowired WorkflowClient client) {
			assertThat(context.getBeansOfType(WorkflowTestEnvironment.class)).isEmpty();
			assertThat(client).isSameAs(engine.client());
		}

	}

}

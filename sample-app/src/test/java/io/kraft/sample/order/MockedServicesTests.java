package io.kraft.sample.order;

import java.nio.file.Path;

import io.kraft.client.WorkflowClient;
import io.kraft.sample.notification.NotificationService;
import io.kraft.sample.payment.Payment;
import io.kraft.sample.payment.PaymentService;
import io.kraft.test.KraftTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.bean.override.mockito.MockitoBean;

import static io.kraft.test.WorkflowAssertions.assertThatRun;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.contains;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.verify;

/**
 * Services whose steps Mockito plays: their calls are journaled all the same.
 */
@KraftTest
class MockedServicesTests {

	@TempDir
	private static Path directory;

	@MockitoBean
	private PaymentService payments;

	@MockitoBean
	private NotificationService notifications;

	@Autowired
	private OrderWorkflow orders;

	@Autowired
	private WorkflowClient client;

	@DynamicPropertySource
	static void directories(DynamicPropertyRegistry properties) {
		properties.add("sample.effects-log", directory.resolve("effects.log")::toString);
	}

	@Test
	void aMockIsTheBodyOfItsSteps() {
		given(this.payments.charge("order-1", 1999)).willReturn(new Payment("payment-1", 1999));

		Receipt receipt = this.orders.process(new Order("order-1", "ada", "lamp", 1));

		assertThat(receipt.paymentId()).isEqualTo("payment-1");
		assertThatRun(this.client.handle("order-1")).executed("charge").once().executed("send").once();
		verify(this.notifications).send(eq("order-1"), eq("ada"), contains(receipt.trackingNumber()));
	}

}

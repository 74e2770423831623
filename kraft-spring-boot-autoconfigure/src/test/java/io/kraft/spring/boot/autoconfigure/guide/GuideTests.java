package io.kraft.spring.boot.autoconfigure.guide;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import io.kraft.client.OperationView;
import io.kraft.client.StartOptions;
import io.kraft.client.WorkflowAlreadyExistsException;
import io.kraft.client.WorkflowClient;
import io.kraft.client.WorkflowHandle;
import io.kraft.client.WorkflowStatus;
import io.kraft.spring.boot.autoconfigure.KraftAutoConfiguration;
import io.kraft.spring.boot.autoconfigure.KraftEngineBuilderCustomizer;
import io.kraft.spring.boot.autoconfigure.guide.OrderWorkflow.Order;
import io.kraft.spring.boot.autoconfigure.guide.OrderWorkflow.Receipt;
import io.kraft.workflow.PayloadTooLargeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * What the pages say of their examples.
 */
class GuideTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(KraftAutoConfiguration.class))
		.withPropertyValues("kraft.storage.type=memory")
		.withBean(MovableClock.class)
		.withBean(FakeBank.class)
		.withBean(Payments.class)
		.withBean(OrderWorkflow.class)
		.withBean(Orders.class)
		.withBean(Tour.class)
		.withBean(FakeShop.class)
		.withBean(Imports.class)
		.withBean(Versions.class);

	@Test
	void anHourPassesWhenTheClockIsMoved() {
		this.runner.run((context) -> {
			WorkflowHandle<Receipt> run = context.getBean(Orders.class).place(new Order("1", 1999));
			await().until(() -> run.status() == WorkflowStatus.SUSPENDED);

			context.getBean(MovableClock.class).advance(Duration.ofHours(1));

			assertThat(run.result(Duration.ofSeconds(10))).isEqualTo(new Receipt("payment-1", "parcel-1"));
		});
	}

	@Test
	void aRunGoesOnInTheNextApplicationContext(@TempDir Path directory) {
		ApplicationContextRunner onDisk = this.runner.withPropertyValues("kraft.storage.type=rocksdb",
				"kraft.storage.path=" + directory, "kraft.shutdown-grace-period=0s");
		onDisk.run((context) -> {
			WorkflowHandle<Receipt> run = context.getBean(Orders.class).place(new Order("1", 1999));
			await().until(() -> run.status() == WorkflowStatus.SUSPENDED);
		});

		onDisk.run((context) -> {
			context.getBean(MovableClock.class).advance(Duration.ofHours(1));

			assertThat(context.getBean(WorkflowClient.class).handle("order-1").result(Duration.ofSeconds(10)))
				.isEqualTo(new Receipt("payment-1", "parcel-1"));
			assertThat(context.getBean(FakeBank.class).charges()).as("replayed, not entered").isZero();
		});
	}

	@Test
	void theQuickStartSurvivesARestart(@TempDir Path directory) {
		ApplicationContextRunner onDisk = this.runner.withBean(SignUps.class)
			.withPropertyValues("kraft.storage.type=rocksdb", "kraft.storage.path=" + directory,
					"kraft.shutdown-grace-period=0s");
		onDisk.run((context) -> {
			SignUps signUps = context.getBean(SignUps.class);
			assertThat(signUps.start("ada")).isEqualTo("sign-up-ada");
			await().until(() -> signUps.status("ada") == WorkflowStatus.SUSPENDED);
		});

		onDisk.run((context) -> {
			context.getBean(MovableClock.class).advance(Duration.ofMinutes(1));

			context.getBean(WorkflowClient.class).handle("sign-up-ada").result(Duration.ofSeconds(10));
			assertThat(context.getBean(SignUps.class).status("ada")).isEqualTo(WorkflowStatus.COMPLETED);
		});
	}

	@Test
	void aLongStepGoesOnBehindTheLastRowThatItHasTold() {
		this.runner.run((context) -> {
			assertThat(context.getBean(Imports.class).load("rows.csv")).isEqualTo(4);
			assertThat(context.getBean(FakeShop.class).saved()).containsExactly("row 0", "row 1", "row 2", "row 3");
		});
	}

	@Test
	void aSecondStartOfAnIdAttachesOrIsRefused() {
		this.runner.run((context) -> {
			Orders orders = context.getBean(Orders.class);
			String id = orders.place(new Order("1", 1999)).id();

			assertThat(orders.place(new Order("1", 1999)).id()).isEqualTo(id).isEqualTo("order-1");
			assertThat(orders.placeByName(new Order("1", 1999)).id()).isEqualTo(id);
			assertThat(orders.placeWithoutBlocking(new Order("1", 1999)).block()).isEqualTo(id);
			assertThatExceptionOfType(WorkflowAlreadyExistsException.class)
				.isThrownBy(() -> orders.placeForShop(new Order("1", 1999), "north"));
		});
	}

	@Test
	void anExceptionThatTheMethodDeclaresReachesTheCallerAsItself() {
		this.runner.run((context) -> {
			Orders orders = context.getBean(Orders.class);

			assertThatExceptionOfType(CardDeclinedException.class)
				.isThrownBy(() -> orders.processAndWait(new Order("poor", 0)))
				.withMessage("no money");
			assertThat(orders.look("poor"))
				.isEqualTo("failed: " + CardDeclinedException.class.getName() + ": no money");
			assertThat(orders.find("poor"))
				.hasValueSatisfying((run) -> assertThat(run.status()).isEqualTo(WorkflowStatus.FAILED));
			assertThat(orders.journal("poor")).hasSize(3);
		});
	}

	@Test
	void runsAreListedPageByPage() {
		this.runner.run((context) -> {
			Orders orders = context.getBean(Orders.class);
			WorkflowHandle<Receipt> run = orders.placeForShop(new Order("poor", 0), "north");
			await().until(() -> run.status() == WorkflowStatus.FAILED);

			assertThat(orders.allThatFailed("north")).containsExactly("order-poor");
			assertThat(orders.allThatFailed("south")).isEmpty();
		});
	}

	@Test
	void resultsOfAllKindsComeBackAsTheyWere() {
		this.runner.run((context) -> assertThat(context.getBean(Tour.class).results())
			.isEqualTo("Optional[4] Square[side=2.0] [Circle[radius=1.0], Square[side=2.0]] 2026-11-21 later mono "
					+ "[1, 2, 3] null"));
	}

	@Test
	void theContextAndTheStateAnswer() {
		this.runner.run((context) -> {
			Tour tour = context.getBean(Tour.class);
			WorkflowHandle<String> run = context.getBean(WorkflowClient.class).start(tour::context);
			await().until(() -> run.status() == WorkflowStatus.SUSPENDED);
			context.getBean(MovableClock.class).advance(Duration.ofDays(60));

			assertThat(run.result(Duration.ofSeconds(10))).startsWith(run.id()).endsWith("[ada, grace]");
			assertThat(tour.state(List.of("a", "b"))).isEqualTo(2);
			assertThat(tour.payOut("p-1", "DE00", 5)).isEqualTo("paid");
		});
	}

	@Test
	void aStartByNameTakesTheHighestVersionAndACallOfAMethodThatOfTheMethod() {
		this.runner.run((context) -> {
			WorkflowClient client = context.getBean(WorkflowClient.class);
			Versions versions = context.getBean(Versions.class);

			assertThat(client.start("welcome", StartOptions.defaults(), "ada").describe().version()).isEqualTo(2);
			assertThat(client.start(() -> versions.welcomeUntil2026("ada")).describe().version()).isEqualTo(1);
		});
	}

	@Test
	void aStepCommitsItsTransactionBeforeItIsRecorded() {
		this.runner
			.withConfiguration(
					AutoConfigurations.of(DataSourceAutoConfiguration.class, JdbcTemplateAutoConfiguration.class,
							DataSourceTransactionManagerAutoConfiguration.class, TransactionAutoConfiguration.class))
			.withBean(Ledger.class)
			.run((context) -> {
				JdbcTemplate jdbc = context.getBean(JdbcTemplate.class);
				jdbc.execute("create table booking (id varchar(100) primary key, account varchar(100), cents bigint)");

				context.getBean(Ledger.class).book("ada", 5);

				assertThat(jdbc.queryForObject("select sum(cents) from booking", Long.class)).isEqualTo(5);
			});
	}

	@Test
	void aBeanOfABeanMethodCallsItsStepsThroughItself() {
		this.runner.withUserConfiguration(Mailer.MailConfiguration.class).run((context) -> {
			WorkflowClient client = context.getBean(WorkflowClient.class);
			WorkflowHandle<String> run = client.start(() -> context.getBean(Mailer.class).mailTwice("ada"));

			assertThat(run.result(Duration.ofSeconds(10))).isEqualTo("shop to ada, shop to ada");
			assertThat(client.operations(run.id())).extracting(OperationView::name)
				.containsExactly("mail-twice", "Mailer.mail", "Mailer.mail", "mail-twice");
		});
	}

	@Test
	void aCustomizerComesAfterTheProperties() {
		this.runner.withUserConfiguration(SmallPayloads.class)
			.run((context) -> assertThatExceptionOfType(PayloadTooLargeException.class).isThrownBy(
					() -> context.getBean(WorkflowClient.class).signal("order-1", "note", "x".repeat(64 * 1024))));
	}

	@Configuration(proxyBeanMethods = false)
	static class SmallPayloads {

		@Bean
		KraftEngineBuilderCustomizer smallPayloads() {
			return (builder) -> builder.maxPayloadBytes(64 * 1024);
		}

	}

	static class FakeBank implements Payments.Bank {

		private int charges;

		@Override
		public String charge(String idempotencyKey, long cents) throws CardDeclinedException {
			if (cents == 0) {
				throw new CardDeclinedException("no money");
			}
			return "payment-" + ++this.charges;
		}

		@Override
		public Answer rate(String currency) {
			return new Answer(200, "1.1");
		}

		@Override
		public void transfer(String iban, long cents) {
		}

		int charges() {
			return this.charges;
		}

	}

}

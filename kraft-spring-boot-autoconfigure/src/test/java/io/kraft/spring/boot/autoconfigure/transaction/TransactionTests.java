package io.kraft.spring.boot.autoconfigure.transaction;

import java.util.function.Consumer;

import javax.sql.DataSource;

import io.kraft.client.CallInTransactionException;
import io.kraft.client.EnqueueOptions;
import io.kraft.client.IfExists;
import io.kraft.client.StartOptions;
import io.kraft.client.WorkflowAlreadyExistsException;
import io.kraft.client.WorkflowClient;
import io.kraft.client.WorkflowHandle;
import io.kraft.client.WorkflowNotFoundException;
import io.kraft.client.WorkflowStatus;
import io.kraft.spring.boot.autoconfigure.KraftAutoConfiguration;
import io.kraft.workflow.PayloadSerializationException;
import io.kraft.workflow.WorkflowFailedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabaseBuilder;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabaseType;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

/**
 * What clients call inside a transaction of a real database waits for its commit.
 */
@ExtendWith(OutputCaptureExtension.class)
class TransactionTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(KraftAutoConfiguration.class))
		.withPropertyValues("kraft.storage.type=memory")
		.withUserConfiguration(Database.class)
		.withBean(Shop.class);

	@Test
	void aStartWaitsForTheCommitAndSeesItsRows() {
		run((app) -> {
			WorkflowHandle<String> order = app.inTransaction((status) -> {
				app.shop.insert("1");
				WorkflowHandle<String> started = app.client.start(() -> app.shop.order("1"));
				assertThat(app.client.find("1")).as("before the commit").isEmpty();
				return started;
			});

			assertThat(app.client.find("1")).as("when the commit has returned").isPresent();
			assertThat(order.result()).isEqualTo("1 rows");
		});
	}

	@Test
	void aRollbackStartsNothing() {
		run((app) -> {
			assertThatIllegalStateException().isThrownBy(() -> app.inTransaction((status) -> {
				app.client.start(() -> app.shop.order("1"));
				throw new IllegalStateException("no");
			}));
			app.inTransaction((status) -> {
				status.setRollbackOnly();
				return app.client.enqueue("mails", EnqueueOptions.defaults().key("1"), () -> app.shop.see("mail"));
			});

			assertThat(app.ids()).isEmpty();
		});
	}

	@Test
	void theHandleHasItsIdBeforeThereIsARun() {
		run((app) -> {
			WorkflowHandle<Object> random = app.inTransaction((status) -> {
				WorkflowHandle<Object> started = app.client.start("order", StartOptions.defaults().id("x"), "x");
				assertThatExceptionOfType(WorkflowNotFoundException.class).isThrownBy(started::describe);
				assertThatExceptionOfType(WorkflowNotFoundException.class).isThrownBy(started::resultAsync);
				return started;
			});

			assertThat(random.id()).isEqualTo("x");
			assertThat(random.result()).isEqualTo("0 rows");
		});
	}

	@Test
	void aRandomIdIsFixedAtTheCall() {
		run((app) -> {
			WorkflowHandle<Void> item = app.inTransaction((status) -> {
				WorkflowHandle<Void> queued = app.client.enqueue("mails", () -> app.shop.see("mail"));
				assertThat(queued.id()).isNotBlank();
				return queued;
			});
			item.result();

			assertThat(app.ids()).containsExactly(item.id());
			assertThat(app.shop.seen()).containsExactly("mail");
		});
	}

	@Test
	void callsAreMadeInTheirOrder() {
		run((app) -> {
			WorkflowHandle<String> run = app.inTransaction((status) -> {
				WorkflowHandle<String> started = app.client.start(() -> app.shop.waiting("w"));
				app.client.signal("w", "go", "one");
				started.signal("go", "two");
				return started;
			});

			assertThat(run.result()).isEqualTo("one");
		});
	}

	@Test
	void cancellationsAndCompletionsWaitToo() {
		run((app) -> {
			app.client.start(() -> app.shop.sleeping("s1"));
			WorkflowHandle<Void> second = app.client.start(() -> app.shop.sleeping("s2"));
			WorkflowHandle<String> calling = app.client.start(() -> app.shop.calling("c1"));
			WorkflowHandle<String> failing = app.client.start(() -> app.shop.calling("c2"));
			await().until(() -> calling.published("token", String.class).isPresent()
					&& failing.published("token", String.class).isPresent());

			app.inTransaction((status) -> {
				app.client.cancel("s1");
				second.cancel();
				app.client.complete(calling.published("token", String.class).orElseThrow(), "value");
				app.client.fail(failing.published("token", String.class).orElseThrow(), "no");
				return status;
			});

			await().until(() -> app.client.find("s1").orElseThrow().status() == WorkflowStatus.CANCELLED);
			await().until(() -> second.status() == WorkflowStatus.CANCELLED);
			assertThat(calling.result()).isEqualTo("value");
			assertThatExceptionOfType(WorkflowFailedException.class).isThrownBy(failing::result);
		});
	}

	@Test
	void aRollbackCancelsAndSignalsNothing() {
		run((app) -> {
			WorkflowHandle<String> run = app.client.start(() -> app.shop.waiting("w"));
			app.inTransaction((status) -> {
				run.signal("go", "early");
				run.cancel();
				status.setRollbackOnly();
				return status;
			});

			run.signal("go", "late");

			assertThat(run.result()).isEqualTo("late");
		});
	}

	@Test
	void anInnerTransactionOfItsOwnStartsByItself() {
		run((app) -> {
			app.inTransaction((status) -> {
				app.client.start(() -> app.shop.order("outer"));
				app.template(TransactionDefinition.PROPAGATION_REQUIRES_NEW)
					.execute((inner) -> app.client.start(() -> app.shop.order("inner")));
				assertThat(app.ids()).containsExactly("inner");
				app.client.start(() -> app.shop.order("outer-2"));
				status.setRollbackOnly();
				return status;
			});

			assertThat(app.ids()).containsExactly("inner");
		});
	}

	@Test
	void aRollbackToASavepointDropsWhatCameSince() {
		run((app) -> {
			app.inTransaction((status) -> {
				app.client.start(() -> app.shop.order("before"));
				app.template(TransactionDefinition.PROPAGATION_NESTED).execute((nested) -> {
					nested.setRollbackOnly();
					return app.client.start(() -> app.shop.order("nested"));
				});
				app.template(TransactionDefinition.PROPAGATION_NESTED)
					.execute((nested) -> app.client.start(() -> app.shop.order("kept")));
				return app.client.start(() -> app.shop.order("behind"));
			});

			assertThat(app.ids()).containsExactlyInAnyOrder("before", "kept", "behind");
		});
	}

	@Test
	void aSavepointThatIsOlderThanTheFirstCallDropsAll() {
		run((app) -> {
			app.inTransaction((status) -> {
				Object savepoint = status.createSavepoint();
				app.client.start(() -> app.shop.order("dropped"));
				status.rollbackToSavepoint(savepoint);
				return app.client.start(() -> app.shop.order("kept"));
			});

			assertThat(app.ids()).containsExactly("kept");
		});
	}

	@Test
	void aCallbackThatThrowsBehindTheCommitLosesNoStart() {
		run((app) -> {
			assertThatIllegalStateException().isThrownBy(() -> app.inTransaction((status) -> {
				TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {

					@Override
					public void afterCommit() {
						throw new IllegalStateException("another one's");
					}

				});
				return app.client.start(() -> app.shop.order("1"));
			}));

			assertThat(app.ids()).containsExactly("1");
		});
	}

	@Test
	void callbacksBehindTheCommitMayStartToo() {
		run((app) -> {
			app.inTransaction((status) -> {
				app.client.start(() -> app.shop.order("first"));
				app.context.publishEvent(new Shop.Placed("listener"));
				TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {

					@Override
					public void afterCommit() {
						app.client.start(() -> app.shop.order("callback"));
					}

				});
				return status;
			});

			assertThat(app.ids()).containsExactlyInAnyOrder("first", "listener", "callback");
		});
	}

	@Test
	void aReadOnlyTransactionHasACommitAsWell() {
		run((app) -> {
			TransactionTemplate readOnly = app.template(TransactionDefinition.PROPAGATION_REQUIRED);
			readOnly.setReadOnly(true);

			readOnly.execute((status) -> app.client.start(() -> app.shop.order("1")));

			assertThat(app.ids()).containsExactly("1");
		});
	}

	@Test
	void aWaitForARunIsRefusedInsideATransaction() {
		run((app) -> {
			WorkflowHandle<String> ended = app.client.start(() -> app.shop.order("0"));
			app.inTransaction((status) -> {
				assertRefused(ended::result, "WorkflowHandle.result()");
				assertRefused(() -> ended.result(java.time.Duration.ofSeconds(1)), "WorkflowHandle.result(Duration)");
				assertRefused(() -> app.shop.order("1"), "a direct call of workflow 'order'");
				assertRefused(() -> app.shop.later("1"), "a direct call of workflow 'later'");
				assertRefused(() -> app.context.publishEvent(new Shop.Noticed("1")),
						"a direct call of workflow 'listening'");
				return status;
			});

			assertThat(app.ids()).containsExactly("0");
		});
	}

	@Test
	void immediatelyDoesNotWait() {
		run((app) -> {
			app.inTransaction((status) -> {
				app.client.start(StartOptions.defaults().immediately(), () -> app.shop.order("1"));
				app.client.enqueue("mails", EnqueueOptions.defaults().key("1").immediately(),
						() -> app.shop.see("mail"));
				status.setRollbackOnly();
				return status;
			});

			assertThat(app.ids()).hasSize(2);
		});
	}

	@Test
	void thePropertyLetsAllCallsGoImmediately() {
		this.runner.withPropertyValues("kraft.transactions.start=immediate").run((context) -> {
			App app = new App(context);
			String result = app.inTransaction((status) -> {
				status.setRollbackOnly();
				return app.shop.order("1");
			});

			assertThat(result).isEqualTo("0 rows");
		});
	}

	@Test
	void thePropertyRefusesAllCalls() {
		this.runner.withPropertyValues("kraft.transactions.start=refuse").run((context) -> {
			App app = new App(context);
			app.inTransaction((status) -> {
				assertRefused(() -> app.client.start(() -> app.shop.order("1")), "kraft.transactions.start=refuse");
				assertRefused(() -> app.client.startAsync(() -> app.shop.order("1")), "startAsync(…)");
				assertRefused(() -> app.client.signal("1", "go", ""), "WorkflowClient.signal(…)");
				assertRefused(() -> app.client.signalAsync("1", "go", ""), "WorkflowClient.signalAsync(…)");
				assertRefused(() -> app.client.cancel("1"), "WorkflowClient.cancel(…)");
				assertRefused(() -> app.client.enqueue("mails", () -> app.shop.see("")), "WorkflowClient.enqueue(…)");
				return app.client.start(StartOptions.defaults().immediately(), () -> app.shop.order("2"));
			});

			assertThat(app.ids()).containsExactly("2");
		});
	}

	@Test
	void theTwinsAreCompleteAtOnceAndMadeAfterTheCommit() {
		run((app) -> {
			app.inTransaction((status) -> {
				assertThat(app.client.startAsync(() -> app.shop.waiting("w")))
					.isCompletedWithValueMatching((handle) -> handle.id().equals("w"));
				assertThat(app.client.signalAsync("w", "go", "now")).isCompleted();
				assertThat(app.client.enqueueAsync("mails", () -> app.shop.see("mail"))).isCompleted();
				assertThat(app.ids()).isEmpty();
				return status;
			});

			assertThat(app.client.handle("w").result()).isEqualTo("now");
			assertThat(app.ids()).hasSize(2);
		});
	}

	@Test
	void whatCanBeSeenToBeWrongIsThrownAtTheCall() {
		run((app) -> {
			app.client.start(() -> app.shop.order("taken")).result();
			app.inTransaction((status) -> {
				assertThatExceptionOfType(WorkflowAlreadyExistsException.class).isThrownBy(() -> app.client
					.start(StartOptions.defaults().ifExists(IfExists.FAIL), () -> app.shop.order("taken")));
				assertThatExceptionOfType(WorkflowAlreadyExistsException.class)
					.isThrownBy(() -> app.client.start(() -> app.shop.waiting("taken")));
				assertThatIllegalArgument(() -> app.client.start(() -> app.shop.order("")));
				assertThatExceptionOfType(PayloadSerializationException.class)
					.isThrownBy(() -> app.client.signal("w", "go", new Object()));
				assertThatExceptionOfType(WorkflowNotFoundException.class)
					.isThrownBy(() -> app.client.complete("no token", ""));
				return status;
			});

			assertThat(app.ids()).containsExactly("taken");
		});
	}

	@Test
	void whatFailsAfterTheCommitIsLoggedWithAllThatIsNeeded(CapturedOutput output) {
		run((app) -> {
			app.inTransaction((status) -> {
				app.client.signal("nobody", "go", new Shop.Placed("7"), "message-1");
				return app.client.start(() -> app.shop.order("next"));
			});

			assertThat(app.ids()).as("the next one is made").containsExactly("next");
			assertThat(output).contains("ERROR", "KRAFT-3021: the transaction was committed", "KRAFT-3001",
					"signal 'go' to run 'nobody', message id 'message-1', with {\"id\":\"7\"}");
		});
	}

	@Test
	void aCommitOfUnknownOutcomeStartsNothingAndSaysSo(CapturedOutput output) {
		this.runner.withUserConfiguration(LostCommits.class).run((context) -> {
			App app = new App(context);
			assertThatExceptionOfType(TransactionSystemException.class)
				.isThrownBy(() -> app.inTransaction((status) -> app.client
					.start(StartOptions.defaults().tags(java.util.Map.of("shop", "a")), () -> app.shop.order("1"))));

			assertThat(app.ids()).isEmpty();
			assertThat(output).contains("KRAFT-3022: it is not known whether",
					"start workflow 'order' version 1 with the id '1', arguments [\"1\"], tags {shop=a}");
		});
	}

	@Test
	void aStepThatIsRolledBackStartsNothing() {
		run((app) -> {
			app.shop.parent("p");

			await().until(() -> app.client.find("p-2").isPresent());
			assertThat(app.client.handle("p-2").result()).isEqualTo("1 rows");
			assertThat(app.client.find("p-1")).isEmpty();
		});
	}

	private static void assertRefused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String text) {
		assertThatExceptionOfType(CallInTransactionException.class).isThrownBy(call)
			.withMessageStartingWith("KRAFT-3020: ")
			.withMessageContaining(text);
	}

	private static void assertThatIllegalArgument(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
		assertThatExceptionOfType(RuntimeException.class).isThrownBy(call).withMessageContaining("512");
	}

	private void run(Consumer<App> test) {
		this.runner.run((context) -> test.accept(new App(context)));
	}

	/**
	 * An application and its transactions.
	 */
	private static final class App {

		final ConfigurableApplicationContext context;

		final WorkflowClient client;

		final Shop shop;

		App(ConfigurableApplicationContext context) {
			this.context = context;
			this.client = context.getBean(WorkflowClient.class);
			this.shop = context.getBean(Shop.class);
		}

		<T> T inTransaction(org.springframework.transaction.support.TransactionCallback<T> action) {
			return template(TransactionDefinition.PROPAGATION_REQUIRED).execute(action);
		}

		TransactionTemplate template(int propagation) {
			TransactionTemplate template = new TransactionTemplate(
					this.context.getBean(PlatformTransactionManager.class));
			template.setPropagationBehavior(propagation);
			return template;
		}

		java.util.List<String> ids() {
			return this.client.list(io.kraft.client.WorkflowQuery.all())
				.items()
				.stream()
				.map(io.kraft.client.WorkflowDescription::id)
				.toList();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableTransactionManagement
	static class Database {

		@Bean
		static DataSource dataSource() {
			return new EmbeddedDatabaseBuilder().setType(EmbeddedDatabaseType.H2).generateUniqueName(true).build();
		}

		@Bean
		static JdbcTemplate jdbcTemplate(DataSource dataSource) {
			JdbcTemplate jdbc = new JdbcTemplate(dataSource);
			jdbc.execute("create table orders (id varchar(100) primary key)");
			return jdbc;
		}

		@Bean
		@org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean
		static PlatformTransactionManager transactionManager(DataSource dataSource) {
			return new JdbcTransactionManager(dataSource);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class LostCommits {

		@Bean
		@org.springframework.context.annotation.Primary
		@SuppressWarnings("serial")
		static PlatformTransactionManager lostCommits(DataSource dataSource) {
			return new JdbcTransactionManager(dataSource) {

				@Override
				protected void doCommit(DefaultTransactionStatus status) {
					throw new TransactionSystemException("the connection was lost");
				}

			};
		}

	}

}

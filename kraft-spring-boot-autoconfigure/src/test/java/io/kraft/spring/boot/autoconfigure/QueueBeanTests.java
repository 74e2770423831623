package io.kraft.spring.boot.autoconfigure;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.kraft.client.BlockingCallException;
import io.kraft.client.EnqueueOptions;
import io.kraft.client.QueueDescription;
import io.kraft.client.WorkflowClient;
import io.kraft.client.WorkflowDescription;
import io.kraft.client.WorkflowHandle;
import io.kraft.client.WorkflowQuery;
import io.kraft.client.WorkflowStatus;
import io.kraft.workflow.ErrorDocs;
import io.kraft.workflow.InvalidCallException;
import io.kraft.workflow.NotInWorkflowException;
import io.kraft.workflow.Retry;
import io.kraft.workflow.Step;
import io.kraft.workflow.StepContext;
import io.kraft.workflow.UnknownStepException;
import io.kraft.workflow.WorkQueue;
import io.kraft.workflow.Workflow;
import io.kraft.workflow.WorkflowContext;
import io.kraft.workflow.WorkflowFailedException;
import org.aopalliance.intercept.MethodInterceptor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Scope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Steps of beans that are put into queues or called by name, in an application context.
 */
@Timeout(60)
class QueueBeanTests {

	private static final Duration SHORTLY = Duration.ofSeconds(20);

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(KraftAutoConfiguration.class))
		.withPropertyValues("kraft.storage.type=memory", "kraft.defaults.step.retry.initial-delay=0s")
		.withBean(Log.class)
		.withBean(Mailer.class);

	@Test
	void aStepWithoutResultIsExecutedForItsItem() {
		this.runner.run((context) -> {
			WorkflowHandle<Void> item = client(context).enqueue("emails",
					() -> context.getBean(Mailer.class).note("hello"));

			assertThat(item.result(SHORTLY)).isNull();
			assertThat(context.getBean(Log.class).lines).containsExactly("hello");
			assertThat(item.describe().name()).isEqualTo("queue:emails");
		});
	}

	@Test
	void theResultOfAStepIsThatOfItsItem() {
		this.runner.run((context) -> {
			WorkflowHandle<Receipt> item = client(context).enqueue("emails",
					() -> context.getBean(Mailer.class).send("ada"));

			assertThat(item.result(SHORTLY)).isEqualTo(new Receipt("ada", 1));
			assertThat(client(context).handle(item.id(), Receipt.class).result()).isEqualTo(new Receipt("ada", 1));
		});
	}

	@Test
	void theHandleOfAnAsynchronousStepHasWhatTheMethodReturnsCompleted() {
		this.runner.run((context) -> {
			Mailer mailer = context.getBean(Mailer.class);
			WorkflowHandle<CompletionStage<String>> later = client(context).enqueue("emails", () -> mailer.later("a"));
			WorkflowHandle<Mono<String>> mono = client(context).enqueue("emails", () -> mailer.mono("b"));
			WorkflowHandle<Flux<String>> flux = client(context).enqueue("emails", () -> mailer.flux("c"));
			WorkflowHandle<Mono<String>> empty = client(context).enqueue("emails", () -> mailer.mono(""));

			assertThat(later.result(SHORTLY).toCompletableFuture()).isCompletedWithValue("later a");
			assertThat(mono.result(SHORTLY).block()).isEqualTo("mono b");
			assertThat(flux.resultAsync().join().collectList().block()).containsExactly("flux", "c");
			assertThat(empty.result(SHORTLY).block()).isNull();
			assertThat(client(context).handle(mono.id()).result()).as("by its id: the value").isEqualTo("mono b");
		});
	}

	@Test
	void theHandleOfAnAsynchronousWorkflowHasTheSame() {
		this.runner.withBean(Flows.class).run((context) -> {
			Flows flows = context.getBean(Flows.class);

			WorkflowHandle<Mono<String>> run = client(context).start(() -> flows.mono("a"));
			WorkflowHandle<CompletionStage<String>> other = client(context).startAsync(() -> flows.later("b")).join();

			assertThat(run.result(SHORTLY).block()).isEqualTo("mono a");
			assertThat(other.result(SHORTLY).toCompletableFuture()).isCompletedWithValue("later b");
		});
	}

	@Test
	void aStepBehindAProxyOfInterfacesIsExecutedThroughThatProxy() {
		this.runner.withUserConfiguration(InterfaceProxy.class).run((context) -> {
			Sender sender = context.getBean(Sender.class);
			assertThat(sender).isNotInstanceOf(PlainSender.class);

			WorkflowHandle<String> item = client(context).enqueue("emails", () -> sender.deliver("ada"));

			assertThat(item.result(SHORTLY)).isEqualTo("delivered ada");
			assertThat(context.getBean(Log.class).lines).as("the advice of the proxy, then the step")
				.containsExactly("advised", "deliver ada");
		});
	}

	@Test
	void aLazyBeanIsMadeForItsItem(@TempDir Path directory) {
		ApplicationContextRunner onDisk = this.runner.withUserConfiguration(LazySender.class)
			.withPropertyValues("kraft.storage.type=rocksdb", "kraft.storage.path=" + directory);
		onDisk.run((context) -> {
			client(context).pauseQueue("emails");
			client(context).enqueue("emails", EnqueueOptions.defaults().key("a"),
					() -> context.getBean(LazySender.class).sender(context.getBean(Log.class)).deliver("b"));
		});

		onDisk.run((context) -> {
			assertThat(context.getBean(Log.class).lines).isEmpty();
			assertThat(client(context).queues()).extracting(QueueDescription::paused).containsExactly(true);
			client(context).resumeQueue("emails");

			assertThat(client(context).handle("queue:emails:a", String.class).result(SHORTLY)).isEqualTo("delivered b");
			assertThat(context.getBean(Log.class).lines).containsExactly("made", "deliver b");
		});
	}

	@Test
	void eachItemHasAPrototypeOfItsOwn() {
		this.runner.withUserConfiguration(PrototypeSender.class).run((context) -> {
			PlainSender sender = context.getBean(PlainSender.class);
			List<WorkflowHandle<String>> items = IntStream.range(0, 3)
				.mapToObj((i) -> client(context).enqueue("emails", () -> sender.deliver("ada")))
				.toList();

			assertThat(items).allSatisfy((item) -> assertThat(item.result(SHORTLY)).isEqualTo("delivered ada"));
			assertThat(context.getBean(Log.class).lines).filteredOn("made"::equals)
				.as("the one that was asked for, and one for each item")
				.hasSize(4);
		});
	}

	@Test
	void aStepMayPutFurtherCallsIntoAQueue() {
		this.runner.withBean(Flows.class).run((context) -> {
			assertThat(context.getBean(Flows.class).fansOut("x")).isEqualTo("queue:emails:x");
			assertThat(client(context).handle("queue:emails:x").result(SHORTLY)).isEqualTo(new Receipt("x", 1));

			WorkflowHandle<String> item = client(context).enqueue("fan-out",
					() -> context.getBean(Flows.class).fanOut("y"));

			assertThat(item.result(SHORTLY)).isEqualTo("queue:emails:y");
			assertThat(client(context).handle("queue:emails:y").result(SHORTLY)).isEqualTo(new Receipt("y", 1));
		});
	}

	@Test
	void theCodeOfAWorkflowCannotEnqueue() {
		this.runner.withBean(Flows.class).run((context) -> {
			assertThatExceptionOfType(InvalidCallException.class)
				.isThrownBy(() -> context.getBean(Flows.class).enqueues("x"))
				.withMessageContaining("step 'Mailer.send' was put into queue 'emails' by the code of run")
				.withMessageContaining("put it into the queue from a step");
			assertThat(context.getBean(Log.class).lines).isEmpty();
		});
	}

	@Test
	void aThreadThatMustNotBlockIsToldOfTheAsynchronousTwin() {
		this.runner.run((context) -> {
			Mailer mailer = context.getBean(Mailer.class);
			Mono<WorkflowHandle<Receipt>> blocking = Mono
				.fromSupplier(() -> client(context).enqueue("emails", () -> mailer.send("a")));
			Mono<WorkflowHandle<Receipt>> twin = Mono
				.fromFuture(() -> client(context).enqueueAsync("emails", () -> mailer.send("b")));
			Mono<WorkflowHandle<Void>> other = Mono
				.fromFuture(() -> client(context).enqueueAsync("emails", () -> mailer.note("c")));

			assertThatExceptionOfType(BlockingCallException.class)
				.isThrownBy(() -> blocking.subscribeOn(Schedulers.parallel()).block())
				.withMessageContaining("Use WorkflowClient.enqueueAsync(…) here");
			assertThat(twin.subscribeOn(Schedulers.parallel()).block().result(SHORTLY)).isEqualTo(new Receipt("b", 1));
			assertThat(other.subscribeOn(Schedulers.parallel()).block().result(SHORTLY)).isNull();
			assertThat(context.getBean(Log.class).lines).containsExactly("send b", "c");
		});
	}

	@Test
	void withoutKraftThereIsNoClientAndAStepIsAPlainMethod() {
		this.runner.withBean(WorkQueue.class, () -> WorkQueue.named("emails").concurrency(1))
			.withPropertyValues("kraft.enabled=false", "kraft.queues.emails.concurrency=2")
			.run((context) -> {
				assertThat(context).hasNotFailed().doesNotHaveBean(WorkflowClient.class);
				assertThat(context.getBean(Mailer.class).send("a")).isEqualTo(new Receipt("a", 0));
			});
	}

	@Test
	void aBeanDeclaresTheLimitsOfItsQueue() {
		this.runner.withUserConfiguration(Queues.class).run((context) -> {
			Mailer mailer = context.getBean(Mailer.class);
			List<WorkflowHandle<Void>> items = IntStream.range(0, 5)
				.mapToObj((i) -> client(context).enqueue("slow", () -> mailer.hold()))
				.toList();
			Log log = context.getBean(Log.class);
			await().until(() -> log.inside.get() == 2);

			assertThat(client(context).enqueue("unlimited", () -> mailer.send("a")).result(SHORTLY)).isNotNull();
			assertThat(log.inside.get()).isEqualTo(2);
			assertThat(items).filteredOn((item) -> item.status() == WorkflowStatus.PENDING).hasSize(3);
			log.gate.release(5);
			assertThat(items).allSatisfy((item) -> assertThat(item.result(SHORTLY)).isNull());
			assertThat(log.most.get()).isEqualTo(2);
			assertThat(client(context).queues()).extracting((queue) -> queue.queue().name())
				.containsExactly("rated", "slow");
		});
	}

	@Test
	void anItemWhoseAttemptsHaveAllFailedIsListedUntilItIsRetried() {
		this.runner.withUserConfiguration(Queues.class).run((context) -> {
			Log log = context.getBean(Log.class);
			log.fails.set(true);
			WorkflowHandle<Receipt> item = client(context).enqueue("slow",
					() -> context.getBean(Mailer.class).send("ada"));

			assertThatExceptionOfType(WorkflowFailedException.class).isThrownBy(() -> item.result(SHORTLY))
				.withMessageContaining("no network");
			assertThat(log.lines).as("the retries of the queue").hasSize(2);
			assertThat(client(context).list(WorkflowQuery.all().queue("slow").status(WorkflowStatus.DEAD)).items())
				.extracting(WorkflowDescription::id)
				.containsExactly(item.id());

			log.fails.set(false);
			client(context).retry(item.id());

			assertThat(item.result(SHORTLY)).isEqualTo(new Receipt("ada", 1));
		});
	}

	@Test
	void twoBeansThatDeclareOneQueueFailTheStart() {
		FailureAnalysis analysis = FailedStart.of(SameQueueTwice.class, "kraft.storage.type=memory");

		assertThat(analysis.getDescription()).startsWith("KRAFT-1003: ")
			.contains("queue 'emails' is declared by several beans: 'first', 'second'")
			.contains("See " + ErrorDocs.section("KRAFT-1003"));
	}

	@Test
	void overloadsWithOneNameCannotBeEnqueuedAndAreNamedBoth() {
		this.runner.withBean(Overloads.class).run((context) -> {
			Overloads overloads = context.getBean(Overloads.class);

			assertThatExceptionOfType(UnknownStepException.class)
				.isThrownBy(() -> client(context).enqueue("emails", () -> overloads.print("a")))
				.withMessageStartingWith("KRAFT-1010: ")
				.withMessageContaining("several methods are the step 'Overloads.print'")
				.withMessageContaining("print(String)")
				.withMessageContaining("print(String, int)");
		});
	}

	@Test
	void aStepOfABeanIsCalledByItsName(@TempDir Path directory) {
		ApplicationContextRunner onDisk = this.runner.withBean(Flows.class)
			.withPropertyValues("kraft.storage.type=rocksdb", "kraft.storage.path=" + directory);
		onDisk.run((context) -> {
			WorkflowHandle<String> run = client(context).start(() -> context.getBean(Flows.class).byName("a"));
			await().until(() -> run.status() == WorkflowStatus.SUSPENDED);
			assertThat(context.getBean(Log.class).lines).containsExactly("send a", "mono a");
		});

		onDisk.run((context) -> {
			client(context).signal("by-name-a", "go", "on");

			assertThat(client(context).handle("by-name-a", String.class).result(SHORTLY)).isEqualTo("a, mono a, on");
			assertThat(context.getBean(Log.class).lines).as("replayed").isEmpty();
		});
	}

	@Test
	void aCallByNameIsUndoneAsACallOfTheMethodIs() {
		this.runner.withBean(Flows.class).run((context) -> {
			assertThatExceptionOfType(IllegalArgumentException.class)
				.isThrownBy(() -> context.getBean(Flows.class).undone("a"));

			assertThat(context.getBean(Log.class).lines).containsExactly("charge a", "refund a");
		});
	}

	@Test
	void anItemIsNotUndoneBecauseAnItemThatSucceededStaysDoneAndOneThatFailedDidNothing() {
		this.runner.run((context) -> {
			Mailer mailer = context.getBean(Mailer.class);
			WorkflowHandle<Void> good = client(context).enqueue("charges", () -> mailer.charge("a"));
			assertThat(good.result(SHORTLY)).isNull();
			context.getBean(Log.class).fails.set(true);
			WorkflowHandle<Void> bad = client(context).enqueue("charges", () -> mailer.charge("b"));
			assertThatExceptionOfType(WorkflowFailedException.class).isThrownBy(() -> bad.result(SHORTLY));
			context.getBean(Log.class).fails.set(false);

			client(context).retry(bad.id());

			assertThat(bad.result(SHORTLY)).isNull();
			assertThat(context.getBean(Log.class).lines).as("not undone, so it can be retried")
				.containsExactly("charge a", "charge b", "charge b");
		});
	}

	@Test
	void aWorkflowWithTheNameOfItemsIsInTheReportOfProblems() {
		FailureAnalysis analysis = FailedStart.of(NamedAsItems.class, "kraft.storage.type=memory");

		assertThat(analysis.getDescription()).contains("2 problems keep")
			.contains("begin(String)")
			.contains("The name \"queue:emails\" begins with \"queue:\", as those of the items of queues do.")
			.contains("Give it another name.");
	}

	private static WorkflowClient client(ApplicationContext context) {
		return context.getBean(WorkflowClient.class);
	}

	record Receipt(String recipient, int attempt) {
	}

	static class Log {

		private final List<String> lines = new CopyOnWriteArrayList<>();

		private final AtomicBoolean fails = new AtomicBoolean();

		private final AtomicInteger inside = new AtomicInteger();

		private final AtomicInteger most = new AtomicInteger();

		private final Semaphore gate = new Semaphore(0);

		void add(String line) {
			this.lines.add(line);
			if (this.fails.get()) {
				throw new IllegalStateException("no network");
			}
		}

	}

	static class Mailer {

		private final Log log;

		Mailer(Log log) {
			this.log = log;
		}

		@Step
		void note(String text) {
			this.log.add(text);
		}

		@Step
		Receipt send(String recipient) {
			this.log.add("send " + recipient);
			return new Receipt(recipient, attempt());
		}

		private static int attempt() {
			try {
				return StepContext.current().attempt();
			}
			catch (NotInWorkflowException ex) {
				return 0;
			}
		}

		@Step
		CompletionStage<String> later(String text) {
			return CompletableFuture.supplyAsync(() -> "later " + text);
		}

		@Step
		Mono<String> mono(String text) {
			this.log.add("mono " + text);
			return text.isEmpty() ? Mono.empty() : Mono.just("mono " + text);
		}

		@Step
		Flux<String> flux(String text) {
			return Flux.just("flux", text);
		}

		@Step
		void hold() throws InterruptedException {
			int inside = this.log.inside.incrementAndGet();
			this.log.most.accumulateAndGet(inside, Math::max);
			this.log.gate.acquire();
			this.log.inside.decrementAndGet();
		}

		@Step(compensation = "refund", retry = @Retry(maxAttempts = 1))
		void charge(String customer) {
			this.log.add("charge " + customer);
		}

		void refund(String customer) {
			this.log.add("refund " + customer);
		}

	}

	static class Flows {

		private final WorkflowClient client;

		private final WorkflowContext workflow;

		private final Mailer mailer;

		Flows(WorkflowClient client, WorkflowContext workflow, Mailer mailer) {
			this.client = client;
			this.workflow = workflow;
			this.mailer = mailer;
		}

		@Workflow
		String fansOut(String key) {
			return fanOut(key);
		}

		@Step
		String fanOut(String key) {
			return enqueue(key);
		}

		@Workflow
		String enqueues(String key) {
			return enqueue(key);
		}

		private String enqueue(String key) {
			return this.client.enqueue("emails", EnqueueOptions.defaults().key(key), () -> this.mailer.send(key)).id();
		}

		@Workflow(id = "'by-name-' + #text")
		String byName(String text) {
			Receipt receipt = this.workflow.call("Mailer.send", Receipt.class, text);
			String mono = this.workflow.call("Mailer.mono", String.class, text);
			return receipt.recipient() + ", " + mono + ", " + this.workflow.awaitSignal("go", String.class);
		}

		@Workflow
		void undone(String customer) {
			this.workflow.call("Mailer.charge", Void.class, customer);
			throw new IllegalArgumentException("undo it");
		}

		@Workflow
		Mono<String> mono(String text) {
			return Mono.just("mono " + text);
		}

		@Workflow
		CompletionStage<String> later(String text) {
			return CompletableFuture.completedFuture("later " + text);
		}

	}

	interface Sender {

		String deliver(String recipient);

	}

	static class PlainSender implements Sender {

		private final Log log;

		PlainSender(Log log) {
			this.log = log;
			log.add("made");
		}

		@Override
		@Step(name = "deliver")
		public String deliver(String recipient) {
			this.log.add("deliver " + recipient);
			return "delivered " + recipient;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class InterfaceProxy {

		@Bean
		PlainSender sender(Log log) {
			PlainSender sender = new PlainSender(log);
			log.lines.clear();
			return sender;
		}

		@Bean
		static BeanPostProcessor proxies() {
			return new BeanPostProcessor() {

				@Override
				public Object postProcessAfterInitialization(Object bean, String name) {
					if (!(bean instanceof PlainSender sender)) {
						return bean;
					}
					ProxyFactory factory = new ProxyFactory(Sender.class, (MethodInterceptor) (invocation) -> {
						sender.log.add("advised");
						return invocation.proceed();
					});
					factory.setTarget(sender);
					return factory.getProxy();
				}

			};
		}

	}

	@Configuration
	static class LazySender {

		@Bean
		@Lazy
		PlainSender sender(Log log) {
			return new PlainSender(log);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class PrototypeSender {

		@Bean
		@Scope("prototype")
		PlainSender sender(Log log) {
			return new PlainSender(log);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Queues {

		@Bean
		WorkQueue slow() {
			return WorkQueue.named("slow").concurrency(2).retry(2, Duration.ZERO, Duration.ZERO);
		}

		@Bean
		WorkQueue rated() {
			return WorkQueue.named("rated").rateLimit(100, Duration.ofSeconds(1));
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class SameQueueTwice {

		@Bean
		WorkQueue first() {
			return WorkQueue.named("emails").concurrency(1);
		}

		@Bean
		WorkQueue second() {
			return WorkQueue.named("emails").concurrency(2);
		}

		@Bean
		WorkQueue other() {
			return WorkQueue.named("other");
		}

	}

	static class Overloads {

		@Step
		String print(String text) {
			return text;
		}

		@Step
		String print(String text, int times) {
			return text.repeat(times);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class NamedAsItems {

		@Bean
		ItemFlow itemFlow() {
			return new ItemFlow();
		}

	}

	static class ItemFlow {

		@Workflow(name = "queue:emails")
		void begin(String text) {
		}

		@Workflow(timeout = "soon")
		void other() {
		}

	}

}

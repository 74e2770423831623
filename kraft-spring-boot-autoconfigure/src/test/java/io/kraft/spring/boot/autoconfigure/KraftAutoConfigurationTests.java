package io.kraft.spring.boot.autoconfigure;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

import io.kraft.client.QueueOperations;
import io.kraft.client.RunInspection;
import io.kraft.client.RunOperations;
import io.kraft.client.RunStarts;
import io.kraft.client.ScheduleOperations;
import io.kraft.client.WorkflowClient;
import io.kraft.engine.BuiltEngine;
import io.kraft.engine.EngineHealth;
import io.kraft.engine.KraftEngine;
import io.kraft.engine.PayloadCodec;
import io.kraft.engine.call.DurableCalls;
import io.kraft.engine.definition.StepDefinition;
import io.kraft.engine.definition.WorkflowDefinition;
import io.kraft.engine.operation.Proceed;
import io.kraft.engine.operation.StepBody;
import io.kraft.engine.run.ArgumentMismatch;
import io.kraft.engine.run.OffThreadCalls;
import io.kraft.engine.store.Store;
import io.kraft.workflow.NotInWorkflowException;
import io.kraft.workflow.WorkflowContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@ExtendWith(OutputCaptureExtension.class)
class KraftAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(KraftAutoConfiguration.class, JacksonAutoConfiguration.class))
		.withPropertyValues("kraft.storage.type=memory");

	@Test
	void withNothingConfiguredTheEngineRunsAndItsFacesAreBeans() {
		this.runner.run((context) -> {
			assertThat(context).hasSingleBean(KraftEngine.class)
				.hasSingleBean(WorkflowClient.class)
				.hasSingleBean(DurableCalls.class)
				.hasSingleBean(WorkflowContext.class);
			assertThat(context.getBean(KraftEngine.class).health().state()).isEqualTo(EngineHealth.State.RUNNING);
		});
	}

	@Test
	void disabledOnlyAContextIsLeftThatRefusesToBeUsed() {
		this.runner.withPropertyValues("kraft.enabled=false", "kraft.retention=-1s").run((context) -> {
			assertThat(context).hasNotFailed()
				.doesNotHaveBean(KraftEngine.class)
				.doesNotHaveBean(WorkflowClient.class)
				.doesNotHaveBean(DurableCalls.class)
				.doesNotHaveBean("kraftStore")
				.doesNotHaveBean("kraftJsonMapper");
			assertThatExceptionOfType(NotInWorkflowException.class)
				.isThrownBy(context.getBean(WorkflowContext.class)::workflowId);
		});
	}

	@Test
	void enabledIsReadAsAnyOtherSwitch() {
		this.runner.withPropertyValues("kraft.enabled=off")
			.run((context) -> assertThat(context).doesNotHaveBean(KraftEngine.class));
		this.runner.withPropertyValues("kraft.enabled=on")
			.run((context) -> assertThat(context).hasSingleBean(KraftEngine.class));
	}

	@Test
	void propertiesReachTheEngine() {
		this.runner.withUserConfiguration(Recorder.class)
			.withPropertyValues("kraft.engine.max-concurrent-workflows=11", "kraft.engine.max-parked-workflows=12",
					"kraft.engine.max-payload-size=13KB", "kraft.engine.max-journal-entries=14",
					"kraft.journal.record-arguments=false", "kraft.replay.argument-mismatch=pause",
					"kraft.engine.off-thread-calls=warn", "kraft.retention=15d", "kraft.shutdown-grace-period=16s",
					"kraft.client.call-timeout=17s")
			.run((context) -> {
				BuiltEngine engine = engine(context);
				assertThat(engine.maxConcurrentWorkflows()).isEqualTo(11);
				assertThat(engine.maxParkedWorkflows()).isEqualTo(12);
				assertThat(engine.maxPayloadBytes()).isEqualTo(13 * 1024);
				assertThat(engine.maxJournalEntries()).isEqualTo(14);
				assertThat(engine.recordArguments()).isFalse();
				assertThat(engine.argumentMismatch()).isEqualTo(ArgumentMismatch.PAUSE);
				assertThat(engine.offThreadCalls()).isEqualTo(OffThreadCalls.WARN);
				assertThat(engine.retention()).isEqualTo(Duration.ofDays(15));
				assertThat(engine.shutdownGracePeriod()).isEqualTo(Duration.ofSeconds(16));
				assertThat(engine.callTimeout()).isEqualTo(Duration.ofSeconds(17));
			});
	}

	@Test
	void theEngineBacksOffAndTheUsersIsStarted() {
		this.runner.withUserConfiguration(OwnEngine.class).run((context) -> {
			assertThat(context).hasSingleBean(KraftEngine.class).hasBean("ownEngine");
			assertThat(context.getBean(KraftEngine.class).health().state()).isEqualTo(EngineHealth.State.RUNNING);
		});
	}

	@Test
	void theClientBacksOff() {
		this.runner.withBean("own", WorkflowClient.class, FakeWorkflowClient::new)
			.run((context) -> assertThat(context).getBean(WorkflowClient.class).isSameAs(context.getBean("own")));
	}

	@Test
	void theClientIsInjectedByTheTypeOfEachOfItsParts() {
		this.runner.withBean(Injected.class).run((context) -> {
			WorkflowClient client = context.getBean(WorkflowClient.class);

			assertThat(context.getBean(Injected.class)).isEqualTo(new Injected(client, client, client, client, client));
		});
	}

	@Test
	void theClientMakesWayForABeanOfTheApplicationForOneOfItsParts() {
		RunStarts own = (RunStarts) Proxy.newProxyInstance(getClass().getClassLoader(),
				new Class<?>[] { RunStarts.class },
				(proxy, method, arguments) -> method.invoke(RunStarts.class, arguments));

		this.runner.withBean("own", RunStarts.class, () -> own).withBean(Injected.class).run((context) -> {
			Injected injected = context.getBean(Injected.class);

			assertThat(injected.starts()).isSameAs(own);
			assertThat(injected.operations()).isSameAs(context.getBean("kraftWorkflowClient"));
		});
	}

	@Test
	void theCallsBackOff() {
		DurableCalls own = new PlainCalls();

		this.runner.withBean(DurableCalls.class, () -> own)
			.run((context) -> assertThat(context).getBean(DurableCalls.class).isSameAs(own));
	}

	@Test
	void theContextBacksOff() {
		WorkflowContext own = WorkflowContext.ofCallingRun();

		this.runner.withBean("own", WorkflowContext.class, () -> own)
			.run((context) -> assertThat(context).hasSingleBean(WorkflowContext.class).hasBean("own"));
	}

	@Test
	void theStoreBacksOff() {
		this.runner.withUserConfiguration(OwnStore.class, Recorder.class).run((context) -> {
			assertThat(context).doesNotHaveBean("kraftStore").doesNotHaveBean("kraftStores");
			assertThat(Objects.requireNonNull(engine(context).stores()).apply(0)).isInstanceOf(EmptyStore.class);
		});
	}

	@Test
	void theStartSaysWhereTheJournalIs(@TempDir Path directory, CapturedOutput output) {
		LoggingSystem.get(getClass().getClassLoader()).setLogLevel(StoreConfiguration.class.getName(), LogLevel.INFO);

		this.runner
			.withPropertyValues("kraft.storage.type=rocksdb", "kraft.storage.path=" + directory.resolve("kraft"),
					"kraft.storage.sync=false")
			.run((context) -> assertThat(output).contains("The journal is in " + directory.resolve("kraft"))
				.contains("kraft.storage.sync=false"));
	}

	@Test
	void theStartWarnsOfAJournalInMemory(CapturedOutput output) {
		this.runner.run((context) -> assertThat(output).contains("WARN").contains("no run survives this process"));
	}

	@Test
	void theJsonMapperIsOfKraftsOwnAndLeavesTheApplicationsAlone() {
		this.runner.withUserConfiguration(Recorder.class).run((context) -> {
			JsonMapper own = context.getBean("kraftJsonMapper", JsonMapper.class);
			assertThat(engine(context).jsonMapper()).isSameAs(own);
			assertThat(context.getBean(JsonMapper.class)).isSameAs(context.getBean("jacksonJsonMapper"))
				.isNotSameAs(own);
		});
	}

	@Test
	void theJsonMapperIsThereWithoutBootsToo() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(KraftAutoConfiguration.class))
			.withPropertyValues("kraft.storage.type=memory")
			.run((context) -> assertThat(context).hasNotFailed().hasBean("kraftJsonMapper"));
	}

	@Test
	void aBeanNamedKraftJsonMapperReplacesTheMapper() {
		this.runner.withUserConfiguration(OwnJsonMapper.class, Recorder.class).run((context) -> {
			assertThat(engine(context).jsonMapper()).isSameAs(context.getBean("kraftJsonMapper"))
				.isSameAs(OwnJsonMapper.MAPPER);
			assertThat(context).hasBean("jacksonJsonMapper");
		});
	}

	@Test
	void anotherJsonMapperOfTheApplicationIsNotUsed() {
		this.runner.withBean("other", JsonMapper.class, () -> JsonMapper.builder().build())
			.withUserConfiguration(Recorder.class)
			.run((context) -> assertThat(engine(context).jsonMapper()).isSameAs(context.getBean("kraftJsonMapper")));
	}

	@Test
	void payloadCodecsAreAppliedInOrder() {
		this.runner.withUserConfiguration(Codecs.class, Recorder.class)
			.run((context) -> assertThat(engine(context).payloadCodecs()).extracting(PayloadCodec::id)
				.containsExactly("first", "second"));
	}

	@Test
	void anInstantSourceReplacesTheClock() {
		Clock clock = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);

		this.runner.withBean(Clock.class, () -> clock)
			.withUserConfiguration(Recorder.class)
			.run((context) -> assertThat(engine(context).clock()).isSameAs(clock));
	}

	@Test
	void ofSeveralClocksNoneIsTaken() {
		this.runner.withBean("one", InstantSource.class, () -> InstantSource.fixed(Instant.EPOCH))
			.withBean("two", InstantSource.class, () -> InstantSource.fixed(Instant.EPOCH))
			.withUserConfiguration(Recorder.class)
			.run((context) -> assertThat(engine(context).clock()).isNotSameAs(context.getBean("one"))
				.isNotSameAs(context.getBean("two")));
	}

	@Test
	void customizersAreCalledInOrderAfterTheProperties() {
		this.runner.withUserConfiguration(Customizers.class, Recorder.class)
			.withPropertyValues("kraft.retention=1d")
			.run((context) -> assertThat(engine(context).retention()).isEqualTo(Duration.ofDays(3)));
	}

	@Test
	void withReactorItsEventLoopMustNotBlock() {
		this.runner.withUserConfiguration(Recorder.class).run((context) -> {
			Recorder recorder = context.getBean(Recorder.class);
			assertThat(recorder.built().nonBlockingThread()).isFalse();
			assertThat(Mono.fromSupplier(recorder::built).subscribeOn(Schedulers.parallel()).toFuture().join())
				.extracting(BuiltEngine::nonBlockingThread)
				.isEqualTo(true);
		});
	}

	@Test
	void withoutReactorAnyThreadMayBlock() {
		this.runner.withClassLoader(new FilteredClassLoader("reactor"))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(KraftEngine.class)
				.doesNotHaveBean("kraftNonBlockingThreadCustomizer"));
	}

	private static BuiltEngine engine(ApplicationContext context) {
		return context.getBean(Recorder.class).built();
	}

	@Configuration(proxyBeanMethods = false)
	static class Recorder {

		private final List<Supplier<BuiltEngine>> engines = new ArrayList<>();

		@Bean
		KraftEngineBuilderCustomizer recorder() {
			return (builder) -> this.engines.add(() -> BuiltEngine.of(builder));
		}

		BuiltEngine built() {
			return this.engines.getFirst().get();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnEngine {

		@Bean
		KraftEngine ownEngine(Supplier<Store> store) {
			return KraftEngine.builder().store(store).build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnStore {

		@Bean
		Supplier<Store> ownStore() {
			return () -> new EmptyStore(new ArrayList<>());
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnJsonMapper {

		static final JsonMapper MAPPER = JsonMapper.builder().build();

		@Bean(defaultCandidate = false)
		JsonMapper kraftJsonMapper() {
			return MAPPER;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Codecs {

		@Bean
		@Order(2)
		PayloadCodec second() {
			return new NoCodec("second");
		}

		@Bean
		@Order(1)
		PayloadCodec first() {
			return new NoCodec("first");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Customizers {

		@Bean
		@Order(2)
		KraftEngineBuilderCustomizer last() {
			return (builder) -> builder.retention(Duration.ofDays(3));
		}

		@Bean
		@Order(1)
		KraftEngineBuilderCustomizer first() {
			return (builder) -> builder.retention(Duration.ofDays(2));
		}

	}

	record NoCodec(String id) implements PayloadCodec {

		@Override
		public byte[] encode(byte[] plain) {
			return plain;
		}

		@Override
		public byte[] decode(byte[] wrapped) {
			return wrapped;
		}

	}

	static final class PlainCalls implements DurableCalls {

		@Override
		public boolean isReplaying() {
			return false;
		}

		@Override
		public Object step(StepDefinition step, Object[] arguments, StepBody body) throws Throwable {
			return body.call(arguments);
		}

		@Override
		public Object workflow(WorkflowDefinition workflow, Object[] arguments, Proceed proceed) throws Throwable {
			return proceed.call();
		}

	}

	record Injected(RunStarts starts, RunOperations operations, RunInspection inspection, QueueOperations queues,
			ScheduleOperations schedules) {
	}

}

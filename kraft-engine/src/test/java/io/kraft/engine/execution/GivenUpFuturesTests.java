package io.kraft.engine.execution;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.kraft.client.StartOptions;
import io.kraft.client.WorkflowClient;
import io.kraft.client.WorkflowHandle;
import io.kraft.engine.call.AsyncStarts;
import io.kraft.engine.call.BlockingGuard;
import io.kraft.engine.call.CallingNode;
import io.kraft.engine.call.EngineCalls;
import io.kraft.engine.client.EngineClient;
import io.kraft.engine.client.EventHub;
import io.kraft.engine.definition.Definitions;
import io.kraft.engine.definition.MethodSignature;
import io.kraft.engine.definition.QueueCatalog;
import io.kraft.engine.definition.ResultStyle;
import io.kraft.engine.definition.ScheduleCatalog;
import io.kraft.engine.definition.StepCatalog;
import io.kraft.engine.definition.WorkflowCatalog;
import io.kraft.engine.definition.WorkflowDefinition;
import io.kraft.engine.hosting.LocalRouting;
import io.kraft.engine.hosting.PartitionHost;
import io.kraft.engine.hosting.SoleOwnership;
import io.kraft.engine.journal.json.JacksonPayloads;
import io.kraft.engine.lifecycle.Clockwork;
import io.kraft.engine.observation.EngineObserver;
import io.kraft.engine.routing.PartitionMap;
import io.kraft.engine.routing.Routing;
import io.kraft.engine.run.ArgumentMismatch;
import io.kraft.engine.run.ExecutionSettings;
import io.kraft.engine.store.memory.MemoryMedium;
import io.kraft.engine.supervision.EngineThreads;
import io.kraft.engine.supervision.WorkInFlight;
import io.kraft.engine.timer.ManualScheduler;
import io.kraft.engine.transaction.CallerTransaction;
import io.kraft.engine.transaction.TransactionGuard;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/**
 * A future that ends otherwise than with its run leaves nobody who waits for that run.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class GivenUpFuturesTests {

	private final CountDownLatch gate = new CountDownLatch(1);

	private final ManualScheduler time = new ManualScheduler();

	private final WorkflowDefinition waiting = new WorkflowDefinition("wait", 1, MethodSignature.of(String.class),
			ResultStyle.COMPLETION_STAGE, (arguments) -> "waiting", null, null, 0, (arguments) -> {
				this.gate.await();
				return CompletableFuture.completedFuture("done");
			}, null);

	private final StepCatalog steps = new StepCatalog(List.of());

	private final Definitions definitions = new Definitions(new WorkflowCatalog(List.of(this.waiting)), this.steps,
			new QueueCatalog(List.of(), this.steps));

	private final NodeResources node = NodeResources.of(this.definitions,
			new Clockwork(this.time, this.time, new Random(1)),
			new JacksonPayloads(JacksonPayloads.defaultMapper(), List.of(), 1024), EngineObserver.NONE,
			new ExecutionSettings(10, 10, 100, true, ArgumentMismatch.WARN, Duration.ofDays(1)),
			EngineThreads.ofCaller(), WorkInFlight.UNCOUNTED);

	private final SoleOwnership ownership = new SoleOwnership((partition) -> new MemoryMedium().open());

	private final PartitionHost host = new PartitionHost(PartitionMap.SOLE, this.node,
			new ScheduleCatalog(List.of(), this.definitions.workflows()), false, (partition, batch) -> {
			}, this.ownership);

	private final EngineThreads threads = EngineThreads.ofCaller();

	private final AsyncStarts asyncStarts = new AsyncStarts(this.threads);

	private final TransactionGuard transactions = new TransactionGuard(CallerTransaction.NONE);

	private final BlockingGuard guard = new BlockingGuard(() -> false);

	private final Routing routing = new LocalRouting(this.host);

	private final CallingNode callingNode = CallingNode.of(this.node);

	private final EngineCalls calls = new EngineCalls(this.routing, () -> this.callingNode, this.asyncStarts,
			this.guard, this.transactions, null);

	private final WorkflowClient client = new EngineClient(this.routing, () -> this.callingNode,
			new EventHub(this.time, this.threads), this.asyncStarts, this.guard, this.transactions, (query) -> {
				throw new AssertionError("nothing is replayed");
			});

	@BeforeEach
	void start() {
		this.ownership.start(this.host);
		this.host.begin();
	}

	@AfterEach
	void stop() {
		this.gate.countDown();
		this.host.stop(Duration.ofSeconds(10));
	}

	@ParameterizedTest
	@EnumSource
	void aResultThatEndsOtherwiseIsNotWaitedForAnyMore(OtherEnd otherEnd) {
		WorkflowHandle<?> run = started();
		CompletableFuture<?> result = run.resultAsync();
		assertThat(this.host.at(0).execution().load().waitersForEnds()).isOne();

		otherEnd.of(result);

		await().untilAsserted(() -> assertThat(this.host.at(0).execution().load().waitersForEnds()).isZero());
	}

	@ParameterizedTest
	@EnumSource
	void theFutureOfADirectCallThatEndsOtherwiseIsNotWaitedForAnyMore(OtherEnd otherEnd) throws Throwable {
		CompletableFuture<?> result = called();
		await().until(() -> this.host.at(0).execution().load().waitersForEnds() == 1);

		otherEnd.of(result);

		await().untilAsserted(() -> assertThat(this.host.at(0).execution().load().waitersForEnds()).isZero());
		assertThat(this.client.find("waiting")).isPresent();
	}

	@Test
	void aDirectCallThatIsCancelledAtOnceStartsItsRunAndDoesNotWaitForIt() throws Throwable {
		called().cancel(false);

		await().until(() -> this.client.find("waiting").isPresent());
		await().untilAsserted(() -> assertThat(this.host.at(0).execution().load().waitersForEnds()).isZero());
	}

	@Test
	void manyFuturesOfOneRunLeaveNothingBehind() {
		WorkflowHandle<?> run = started();
		List<CompletableFuture<?>> results = new ArrayList<>();
		for (int i = 0; i < 50_000; i++) {
			results.add(run.resultAsync());
		}
		assertThat(this.host.at(0).execution().load().waitersForEnds()).isEqualTo(50_000);

		results.reversed().forEach((result) -> result.cancel(false));

		assertThat(this.host.at(0).execution().load().waitersForEnds()).isZero();
	}

	@Test
	void aWaitThatTakesTooLongOrIsInterruptedIsForgotten() {
		WorkflowHandle<?> run = started();

		assertThatThrownBy(() -> run.result(Duration.ZERO)).hasMessageContaining("KRAFT-3004");
		Thread.currentThread().interrupt();
		assertThatThrownBy(run::result).hasMessageContaining("Interrupted");

		assertThat(Thread.interrupted()).isTrue();
		assertThat(this.host.at(0).execution().load().waitersForEnds()).isZero();
	}

	@Test
	void aFutureThatIsLeftAloneCompletesWithTheRun() throws Throwable {
		CompletableFuture<?> called = called();
		CompletableFuture<?> result = started().resultAsync();

		this.gate.countDown();

		assertThat(called.join()).isEqualTo("done");
		assertThat((CompletableFuture<?>) result.join()).isCompletedWithValueMatching("done"::equals);
		assertThat(this.host.at(0).execution().load().waitersForEnds()).isZero();
	}

	private WorkflowHandle<?> started() {
		return this.client.start("wait", StartOptions.defaults());
	}

	private CompletableFuture<?> called() throws Throwable {
		Object returned = this.calls.workflow(this.waiting, new Object[0], () -> {
			throw new AssertionError("the method is not entered here");
		});
		return (CompletableFuture<?>) returned;
	}

	/**
	 * How a future ends that does not wait for its run.
	 */
	enum OtherEnd {

		CANCELLED, TIMED_OUT, COMPLETED_ON_TIMEOUT, COMPLETED, FAILED;

		void of(CompletableFuture<?> future) {
			switch (this) {
				case CANCELLED -> future.cancel(true);
				case TIMED_OUT -> future.orTimeout(1, TimeUnit.MILLISECONDS);
				case COMPLETED_ON_TIMEOUT -> future.completeOnTimeout(null, 1, TimeUnit.MILLISECONDS);
				case COMPLETED -> future.complete(null);
				case FAILED -> future.completeExceptionally(new IllegalStateException("otherwise"));
			}
		}

	}

}

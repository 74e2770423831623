package io.kraft.test;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.IntFunction;

import io.kraft.client.WorkflowClient;
import io.kraft.engine.KraftEngine;
import io.kraft.engine.KraftEngineBuilder;
import io.kraft.engine.call.DurableCalls;
import io.kraft.engine.definition.MethodSignature;
import io.kraft.engine.definition.NamedStep;
import io.kraft.engine.definition.RetryPolicy;
import io.kraft.engine.definition.ScheduleDefinition;
import io.kraft.engine.definition.StepDefinition;
import io.kraft.engine.definition.WorkflowDefinition;
import io.kraft.test.bench.Bench;
import io.kraft.test.store.TestDisk;
import io.kraft.workflow.TypeRef;
import io.kraft.workflow.WorkQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * An engine for tests without Spring, whose workflows and steps are lambdas:
 *
 * <pre>
 * &#64;RegisterExtension
 * final KraftEngineExtension kraft = new KraftEngineExtension()
 * 	.step("charge", Order.class, Payment.class, (order) -&gt; bank.charge(order))
 * 	.workflow("order", Order.class, Receipt.class,
 * 			(order) -&gt; new Receipt(workflow.call("charge", Payment.class, order)));
 * </pre>
 *
 * To be registered as a field of the test's instance, so that each test has an engine of
 * its own. Test methods may take a {@link WorkflowTestEnvironment} and a
 * {@link WorkflowClient} as parameters.
 */
public final class KraftEngineExtension implements BeforeEachCallback, AfterEachCallback, ParameterResolver {

	private final IntFunction<TestDisk> disks;

	private int partitions = 1;

	private final Map<String, WorkflowDefinition> workflows = new LinkedHashMap<>();

	private final Map<String, NamedStep> steps = new LinkedHashMap<>();

	private final List<Consumer<KraftEngineBuilder>> settings = new ArrayList<>();

	private @Nullable Bench bench;

	private @Nullable DurableCalls calls;

	private @Nullable WorkflowTestEnvironment environment;

	/**
	 * An engine over a journal in memory.
	 */
	public KraftEngineExtension() {
		this(TestDisk::inMemory);
	}

	private KraftEngineExtension(IntFunction<TestDisk> disks) {
		this.disks = disks;
	}

	/**
	 * An engine over a journal in a temporary RocksDB.
	 */
	public static KraftEngineExtension onRocksDb() {
		return new KraftEngineExtension(TestDisk::rocksDb);
	}

	/**
	 * Divides the journal into partitions, by default one.
	 * @param partitions 1 to 64
	 */
	public KraftEngineExtension partitions(int partitions) {
		this.partitions = partitions;
		return this;
	}

	/**
	 * Changes the settings of the engine.
	 */
	public KraftEngineExtension with(Consumer<KraftEngineBuilder> setting) {
		this.settings.add(setting);
		return this;
	}

	/**
	 * Adds a workflow, or replaces that of the same name and version.
	 */
	public KraftEngineExtension workflow(WorkflowDefinition workflow) {
		this.workflows.put(workflow.name() + "/" + workflow.version(), workflow);
		return this;
	}

	/**
	 * Adds a workflow of one argument.
	 */
	public <A, R extends @Nullable Object> KraftEngineExtension workflow(String name, Class<A> argument,
			Class<R> result, Code<A, R> code) {
		return workflow(WorkflowDefinition.of(name, MethodSignature.of(result, argument),
				(arguments) -> code.call(argument.cast(arguments[0]))));
	}

	/**
	 * As {@link #workflow(String, Class, Class, Code)}, for types with type arguments.
	 */
	public <A, R extends @Nullable Object> KraftEngineExtension workflow(String name, TypeRef<A> argument,
			TypeRef<R> result, Code<A, R> code) {
		return workflow(WorkflowDefinition.of(name, MethodSignature.of(result.type(), argument.type()),
				(arguments) -> code.call(first(arguments))));
	}

	/**
	 * Adds a step that can be called by its name, with the default retries, or replaces
	 * that of the same name.
	 */
	public <A, R extends @Nullable Object> KraftEngineExtension step(String name, Class<A> argument, Class<R> result,
			Code<A, R> code) {
		return step(StepDefinition.of(name, MethodSignature.of(result, argument), RetryPolicy.defaults()),
				(arguments) -> code.call(argument.cast(arguments[0])));
	}

	/**
	 * As {@link #step(String, Class, Class, Code)}, for types with type arguments.
	 */
	public <A, R extends @Nullable Object> KraftEngineExtension step(String name, TypeRef<A> argument,
			TypeRef<R> result, Code<A, R> code) {
		return step(StepDefinition.of(name, MethodSignature.of(result.type(), argument.type()), RetryPolicy.defaults()),
				(arguments) -> code.call(first(arguments)));
	}

	/** The only one, which was read as the type of its parameter. */
	@SuppressWarnings({ "unchecked", "NullAway", "TypeParameterUnusedInFormals" })
	private static <A> A first(@Nullable Object[] arguments) {
		return (A) arguments[0];
	}

	/**
	 * Adds a step that can be called by its name.
	 */
	public KraftEngineExtension step(StepDefinition step, NamedStep.Body body) {
		this.steps.put(step.name(),
				new NamedStep(step, "the test", (arguments) -> calls().step(step, arguments, body::call)));
		return this;
	}

	/**
	 * Adds a queue that has limits or settings of its own.
	 */
	public KraftEngineExtension queue(WorkQueue queue) {
		return with((builder) -> builder.queues(List.of(queue)));
	}

	/**
	 * Adds a schedule.
	 */
	public KraftEngineExtension schedule(ScheduleDefinition schedule) {
		return with((builder) -> builder.schedules(List.of(schedule)));
	}

	/**
	 * What the test controls of the engine.
	 * @throws IllegalStateException outside of a test
	 */
	public WorkflowTestEnvironment environment() {
		if (this.environment == null) {
			throw new IllegalStateException(
					"the engine is there while a test runs only. Is the extension registered, with @RegisterExtension?");
		}
		return this.environment;
	}

	/**
	 * The client of the engine.
	 */
	public WorkflowClient client() {
		return environment().client();
	}

	/**
	 * Where calls of steps and workflows enter the engine.
	 */
	public DurableCalls calls() {
		return Objects.requireNonNull(this.calls, "no test runs");
	}

	/**
	 * Replays recorded journals against the workflows and steps that are defined here.
	 */
	public WorkflowReplayer replayer() {
		return new WorkflowReplayer(Objects.requireNonNull(this.bench, "no test runs").engine());
	}

	@Override
	public void beforeEach(ExtensionContext context) throws InterruptedException {
		Bench bench = new Bench(this.disks.apply(this.partitions));
		KraftEngineBuilder builder = KraftEngine.builder()
			.workflows(this.workflows.values())
			.steps(this.steps.values());
		this.settings.forEach((setting) -> setting.accept(builder));
		bench.configure(builder);
		bench.put(builder.build());
		this.bench = bench;
		this.calls = bench.calls();
		this.environment = new WorkflowTestEnvironment(bench);
		bench.begin(context.getUniqueId());
	}

	@Override
	public void afterEach(ExtensionContext context) {
		if (this.bench != null) {
			this.bench.close();
		}
		this.bench = null;
		this.calls = null;
		this.environment = null;
	}

	@Override
	public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
		Class<?> type = parameter.getParameter().getType();
		return type == WorkflowTestEnvironment.class || type == WorkflowClient.class;
	}

	@Override
	public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
		return (parameter.getParameter().getType() == WorkflowClient.class) ? client() : environment();
	}

	/**
	 * What a workflow or a step does.
	 */
	@FunctionalInterface
	public interface Code<A, R extends @Nullable Object> {

		R call(A argument) throws Exception;

	}

}

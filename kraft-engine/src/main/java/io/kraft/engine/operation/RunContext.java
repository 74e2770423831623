package io.kraft.engine.operation;

import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;

import io.kraft.client.RequiredArgument;
import io.kraft.engine.journal.JournalEntry;
import io.kraft.engine.journal.OperationKind;
import io.kraft.engine.journal.Outcome;
import io.kraft.engine.run.Branch;
import io.kraft.engine.run.Branch.Operation;
import io.kraft.engine.run.ExpectedPayload;
import io.kraft.engine.run.Instants;
import io.kraft.engine.run.LoadedRun;
import io.kraft.engine.run.RandomUuids;
import io.kraft.engine.run.RunEnvironment;
import io.kraft.workflow.Callback;
import io.kraft.workflow.ContextBinding;
import io.kraft.workflow.DurableFuture;
import io.kraft.workflow.ThrowingRunnable;
import io.kraft.workflow.TypeRef;
import io.kraft.workflow.WorkflowContext;
import io.kraft.workflow.WorkflowState;
import org.jspecify.annotations.Nullable;

/**
 * What a run can do besides calling steps: bound to the thread that executes it.
 */
public final class RunContext implements WorkflowContext, ContextBinding.Combinators {

	private final LoadedRun run;

	private final StateView state;

	/**
	 * The context of a branch's run, to be bound with the branch. Whichever branch calls
	 * it, it speaks for that.
	 */
	public RunContext(Branch branch) {
		this.run = branch.run();
		this.state = new StateView(this.run);
	}

	private Branch branch() {
		return CallingBranch.of(this.run, "the context");
	}

	@Override
	public String workflowId() {
		return this.run.id();
	}

	@Override
	public String workflowName() {
		return this.run.definition().name();
	}

	@Override
	public int workflowVersion() {
		return this.run.definition().version();
	}

	@Override
	public boolean isReplaying() {
		return branch().isReplaying();
	}

	@Override
	public Instant now() {
		Operation operation = branch().begin(OperationKind.TIME, "");
		if (operation.completedBy() instanceof JournalEntry.TimeRead(var position, var at)) {
			return at;
		}
		Instant now = environment().clock().instant().truncatedTo(ChronoUnit.MICROS);
		this.run.journal().note(new JournalEntry.TimeRead(operation.position(), now));
		return now;
	}

	@Override
	public UUID randomUuid() {
		Operation operation = branch().begin(OperationKind.UUID, "");
		if (operation.completedBy() instanceof JournalEntry.UuidDrawn(var position, var uuid, var at)) {
			return uuid;
		}
		UUID uuid = RandomUuids.next(environment().random());
		this.run.journal().note(new JournalEntry.UuidDrawn(operation.position(), uuid, environment().now()));
		return uuid;
	}

	@Override
	public RandomGenerator random() {
		branch().checkOutsideBody("random");
		return branch().random();
	}

	@Override
	public void sleep(Duration duration) {
		TimerOperation.sleepUntil(branch(),
				Instants.plus(environment().clock().instant(), required("sleep", "duration", duration)));
	}

	@Override
	public void sleepUntil(Instant instant) {
		TimerOperation.sleepUntil(branch(), Instants.bounded(required("sleepUntil", "instant", instant)));
	}

	@Override
	@SuppressWarnings({ "unchecked", "NullAway" }) // Read as T, which says whether it may
													// be null.
	public <T extends @Nullable Object> T sideEffect(String name, Class<T> type, Callable<T> code) {
		return (T) sideEffect(name, (Type) required("sideEffect", "type", type), code);
	}

	@Override
	@SuppressWarnings({ "unchecked", "NullAway" }) // Read as T, which says whether it may
													// be null.
	public <T extends @Nullable Object> T sideEffect(String name, TypeRef<T> type, Callable<T> code) {
		return (T) sideEffect(name, required("sideEffect", "type", type).type(), code);
	}

	@Override
	public void sideEffect(String name, ThrowingRunnable code) {
		sideEffect(name, (Type) void.class, returningNothing("sideEffect", code));
	}

	private @Nullable Object sideEffect(String name, Type type, Callable<?> code) {
		return SideEffectOperation.execute(branch(), required("sideEffect", "name", name), type,
				required("sideEffect", "code", code));
	}

	@Override
	@SuppressWarnings({ "unchecked", "NullAway" }) // Read as T, which says whether it may
													// be null.
	public <T extends @Nullable Object> T call(String stepName, Class<T> type, @Nullable Object... arguments) {
		return (T) call(stepName, (Type) required("call", "type", type), arguments);
	}

	@Override
	@SuppressWarnings({ "unchecked", "NullAway" }) // Read as T, which says whether it may
													// be null.
	public <T extends @Nullable Object> T call(String stepName, TypeRef<T> type, @Nullable Object... arguments) {
		return (T) call(stepName, required("call", "type", type).type(), arguments);
	}

	private @Nullable Object call(String stepName, Type type, @Nullable Object[] arguments) {
		return NamedStepCall.execute(branch(), required("call", "stepName", stepName), type,
				required("call", "arguments", arguments));
	}

	@Override
	@SuppressWarnings({ "unchecked", "NullAway" }) // Read as T, which says whether it may
													// be null.
	public <T extends @Nullable Object> T awaitSignal(String name, Class<T> type) {
		return (T) awaitTyped(name, type(type), null);
	}

	@Override
	@SuppressWarnings({ "unchecked", "NullAway" }) // Read as T, which says whether it may
													// be null.
	public <T extends @Nullable Object> T awaitSignal(String name, TypeRef<T> type) {
		return (T) awaitTyped(name, type(type), null);
	}

	@Override
	@SuppressWarnings("unchecked") // The value was read as this type.
	public <T> Optional<T> awaitSignal(String name, Class<T> type, Duration timeout) {
		return (Optional<T>) Optional.ofNullable(awaitTyped(name, type(type), timeout(timeout)));
	}

	@Override
	@SuppressWarnings("unchecked") // The value was read as this type.
	public <T> Optional<T> awaitSignal(String name, TypeRef<T> type, Duration timeout) {
		return (Optional<T>) Optional.ofNullable(awaitTyped(name, type(type), timeout(timeout)));
	}

	private static Type type(Class<?> type) {
		return required("awaitSignal", "type", type);
	}

	private static Type type(TypeRef<?> type) {
		return required("awaitSignal", "type", type).type();
	}

	private static Duration timeout(Duration timeout) {
		return RequiredArgument.check("WorkflowContext.awaitSignal", "timeout", timeout,
				"To wait without a bound leave the argument out");
	}

	private @Nullable Object awaitTyped(String name, Type type, @Nullable Duration timeout) {
		MessageWait wait = signalWait(name, ExpectedPayload.ofSignal(type));
		Outcome outcome = wait.await(timeout);
		return (outcome != null) ? wait.read(outcome) : null;
	}

	@Override
	public void awaitSignal(String name) {
		signalWait(name, null).await(null);
	}

	@Override
	public boolean awaitSignal(String name, Duration timeout) {
		return signalWait(name, null).await(timeout(timeout)) != null;
	}

	private MessageWait signalWait(String name, @Nullable ExpectedPayload expected) {
		return MessageWait.forSignal(branch(), required("awaitSignal", "name", name), expected);
	}

	@Override
	public void signal(String workflowId, String name, @Nullable Object payload) {
		MessageOperations.signal(branch(), required("signal", "workflowId", workflowId),
				required("signal", "name", name), payload);
	}

	@Override
	public void publish(String key, @Nullable Object value) {
		MessageOperations.publish(branch(), required("publish", "key", key), value);
	}

	@Override
	public <T extends @Nullable Object> Callback<T> callback(Class<T> type) {
		return MessageOperations.callback(branch(), required("callback", "type", type));
	}

	@Override
	public <T extends @Nullable Object> Callback<T> callback(TypeRef<T> type) {
		return MessageOperations.callback(branch(), required("callback", "type", type).type());
	}

	@Override
	public WorkflowState state() {
		branch().checkOutsideBody("state");
		return this.state;
	}

	private RunEnvironment environment() {
		return this.run.environment();
	}

	@Override
	public <T extends @Nullable Object> DurableFuture<T> async(Callable<T> code) {
		return BranchOperation.open(branch(), required("async", "code", code));
	}

	@Override
	public DurableFuture<@Nullable Void> async(ThrowingRunnable code) {
		return BranchOperation.open(branch(), returningNothing("async", code));
	}

	@Override
	public <T extends @Nullable Object> List<T> parallel(List<? extends Callable<T>> codes) {
		return BranchOperation.all(branch(), RequiredArgument.each("WorkflowContext.parallel", "codes", codes));
	}

	@Override
	public <T extends @Nullable Object> DurableFuture<List<T>> allOf(
			List<? extends DurableFuture<? extends T>> futures) {
		return CombinedFuture.of(branch(), CombinedFuture.Rule.ALL_OF,
				RequiredArgument.each("DurableFuture.allOf", "futures", futures));
	}

	@Override
	public <T extends @Nullable Object> DurableFuture<T> anyOf(List<? extends DurableFuture<? extends T>> futures) {
		return CombinedFuture.of(branch(), CombinedFuture.Rule.ANY_OF,
				RequiredArgument.each("DurableFuture.anyOf", "futures", futures));
	}

	@Override
	public <T extends @Nullable Object> DurableFuture<T> firstSuccess(
			List<? extends DurableFuture<? extends T>> futures) {
		return CombinedFuture.of(branch(), CombinedFuture.Rule.FIRST_SUCCESS,
				RequiredArgument.each("DurableFuture.firstSuccess", "futures", futures));
	}

	@Override
	public <R extends @Nullable Object> DurableFuture<R> startChild(Callable<R> call) {
		branch().checkOutsideBody("child");
		return ChildOperation.start(branch(), CallCapture.ofWorkflow(required("startChild", "call", call)));
	}

	@Override
	public DurableFuture<@Nullable Void> startChild(ThrowingRunnable call) {
		return startChild(returningNothing("startChild", "call", call));
	}

	@Override
	public void onFailure(String name, ThrowingRunnable code) {
		CompensationOperation.onFailure(branch(), required("onFailure", "name", name),
				required("onFailure", "code", code));
	}

	@Override
	public boolean patched(String changeId) {
		return ChangeOperations.isPatched(branch(), required("patched", "changeId", changeId));
	}

	@Override
	@SuppressWarnings("TypeParameterUnusedInFormals") // As its interface.
	public <R extends @Nullable Object> R continueAsNew(@Nullable Object... arguments) {
		throw ChangeOperations.continueAsNew(branch(), required("continueAsNew", "arguments", arguments));
	}

	@Override
	public <T extends @Nullable Object> T nonCancellable(Callable<T> code) {
		branch().checkOutsideBody("nonCancellable");
		required("nonCancellable", "code", code);
		return branch().cancellation().shielded(() -> Sneaky.call(code));
	}

	@Override
	public void nonCancellable(ThrowingRunnable code) {
		nonCancellable(returningNothing("nonCancellable", code));
	}

	private static <T> T required(String method, String name, @Nullable T argument) {
		return RequiredArgument.check("WorkflowContext." + method, name, argument);
	}

	private static Callable<@Nullable Void> returningNothing(String method, ThrowingRunnable code) {
		return returningNothing(method, "code", code);
	}

	private static Callable<@Nullable Void> returningNothing(String method, String name, ThrowingRunnable code) {
		required(method, name, code);
		return () -> {
			code.run();
			return null;
		};
	}

}

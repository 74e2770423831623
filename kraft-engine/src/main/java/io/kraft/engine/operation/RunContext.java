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
		TimerOperation.sleepUntil(branch(), Instants.plus(environment().clock().instant(), duration));
	}

	@Override
	public void sleepUntil(Instant instant) {
		TimerOperation.sleepUntil(branch(), Instants.bounded(instant));
	}

	@Override
	@SuppressWarnings({ "unchecked", "NullAway" }) // Read as T, which says whether it may
													// be null.
	public <T extends @Nullable Object> T sideEffect(String name, Class<T> type, Callable<T> code) {
		return (T) SideEffectOperation.execute(branch(), name, type, code);
	}

	@Override
	@SuppressWarnings({ "unchecked", "NullAway" }) // Read as T, which says whether it may
													// be null.
	public <T extends @Nullable Object> T sideEffect(String name, TypeRef<T> type, Callable<T> code) {
		return (T) SideEffectOperation.execute(branch(), name, type.type(), code);
	}

	@Override
	public void sideEffect(String name, ThrowingRunnable code) {
		SideEffectOperation.execute(branch(), name, void.class, () -> {
			code.run();
			return null;
		});
	}

	@Override
	@SuppressWarnings({ "unchecked", "NullAway" }) // Read as T, which says whether it may
													// be null.
	public <T extends @Nullable Object> T call(String stepName, Class<T> type, @Nullable Object... arguments) {
		return (T) NamedStepCall.execute(branch(), stepName, type, arguments);
	}

	@Override
	@SuppressWarnings({ "unchecked", "NullAway" }) // Read as T, which says whether it may
													// be null.
	public <T extends @Nullable Object> T call(String stepName, TypeRef<T> type, @Nullable Object... arguments) {
		return (T) NamedStepCall.execute(branch(), stepName, type.type(), arguments);
	}

	@Override
	@SuppressWarnings({ "unchecked", "NullAway" }) // Read as T, which says whether it may
													// be null.
	public <T extends @Nullable Object> T awaitSignal(String name, Class<T> type) {
		return (T) awaitSignal(name, (Type) type, (Duration) null);
	}

	@Override
	@SuppressWarnings({ "unchecked", "NullAway" }) // Read as T, which says whether it may
													// be null.
	public <T extends @Nullable Object> T awaitSignal(String name, TypeRef<T> type) {
		return (T) awaitSignal(name, type.type(), (Duration) null);
	}

	@Override
	@SuppressWarnings("unchecked") // The value was read as this type.
	public <T> Optional<T> awaitSignal(String name, Class<T> type, Duration timeout) {
		return (Optional<T>) Optional.ofNullable(awaitSignal(name, (Type) type, timeout));
	}

	@Override
	@SuppressWarnings("unchecked") // The value was read as this type.
	public <T> Optional<T> awaitSignal(String name, TypeRef<T> type, Duration timeout) {
		return (Optional<T>) Optional.ofNullable(awaitSignal(name, type.type(), timeout));
	}

	private @Nullable Object awaitSignal(String name, Type type, @Nullable Duration timeout) {
		MessageWait wait = MessageWait.forSignal(branch(), name, ExpectedPayload.ofSignal(type));
		Outcome outcome = wait.await(timeout);
		return (outcome != null) ? wait.read(outcome) : null;
	}

	@Override
	public void awaitSignal(String name) {
		MessageWait.forSignal(branch(), name, null).await(null);
	}

	@Override
	public boolean awaitSignal(String name, Duration timeout) {
		return MessageWait.forSignal(branch(), name, null).await(timeout) != null;
	}

	@Override
	public void signal(String workflowId, String name, @Nullable Object payload) {
		MessageOperations.signal(branch(), workflowId, name, payload);
	}

	@Override
	public void publish(String key, @Nullable Object value) {
		MessageOperations.publish(branch(), key, value);
	}

	@Override
	public <T extends @Nullable Object> Callback<T> callback(Class<T> type) {
		return MessageOperations.callback(branch(), type);
	}

	@Override
	public <T extends @Nullable Object> Callback<T> callback(TypeRef<T> type) {
		return MessageOperations.callback(branch(), type.type());
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
		return BranchOperation.open(branch(), code);
	}

	@Override
	public DurableFuture<@Nullable Void> async(ThrowingRunnable code) {
		return BranchOperation.open(branch(), returningNothing(code));
	}

	@Override
	public <T extends @Nullable Object> List<T> parallel(List<? extends Callable<T>> codes) {
		return BranchOperation.all(branch(), codes);
	}

	@Override
	public <T extends @Nullable Object> DurableFuture<List<T>> allOf(
			List<? extends DurableFuture<? extends T>> futures) {
		return CombinedFuture.of(branch(), CombinedFuture.Rule.ALL_OF, futures);
	}

	@Override
	public <T extends @Nullable Object> DurableFuture<T> anyOf(List<? extends DurableFuture<? extends T>> futures) {
		return CombinedFuture.of(branch(), CombinedFuture.Rule.ANY_OF, futures);
	}

	@Override
	public <T extends @Nullable Object> DurableFuture<T> firstSuccess(
			List<? extends DurableFuture<? extends T>> futures) {
		return CombinedFuture.of(branch(), CombinedFuture.Rule.FIRST_SUCCESS, futures);
	}

	@Override
	public <R extends @Nullable Object> DurableFuture<R> startChild(Callable<R> call) {
		branch().checkOutsideBody("child");
		return ChildOperation.start(branch(), CallCapture.ofWorkflow(call));
	}

	@Override
	public DurableFuture<@Nullable Void> startChild(ThrowingRunnable call) {
		return startChild(returningNothing(call));
	}

	@Override
	public void onFailure(String name, ThrowingRunnable code) {
		CompensationOperation.onFailure(branch(), name, code);
	}

	@Override
	public boolean patched(String changeId) {
		return ChangeOperations.isPatched(branch(), changeId);
	}

	@Override
	@SuppressWarnings("TypeParameterUnusedInFormals") // As its interface.
	public <R extends @Nullable Object> R continueAsNew(@Nullable Object... arguments) {
		throw ChangeOperations.continueAsNew(branch(), arguments);
	}

	@Override
	public <T extends @Nullable Object> T nonCancellable(Callable<T> code) {
		branch().checkOutsideBody("nonCancellable");
		return branch().cancellation().shielded(() -> Sneaky.call(code));
	}

	@Override
	public void nonCancellable(ThrowingRunnable code) {
		nonCancellable(returningNothing(code));
	}

	private static Callable<@Nullable Void> returningNothing(ThrowingRunnable code) {
		return () -> {
			code.run();
			return null;
		};
	}

}

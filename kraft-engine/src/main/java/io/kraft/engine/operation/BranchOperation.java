package io.kraft.engine.operation;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;

import io.kraft.engine.journal.JournalEntry.OperationBegun;
import io.kraft.engine.journal.OperationKind;
import io.kraft.engine.partition.Partition;
import io.kraft.engine.run.Branch;
import io.kraft.engine.run.Branch.Operation;
import io.kraft.engine.run.LoadedRun;
import io.kraft.engine.run.RunUnwound;
import io.kraft.engine.run.Unrunnable;
import io.kraft.engine.run.WaitCondition;
import io.kraft.engine.supervision.VitalThread;
import org.jspecify.annotations.Nullable;

/**
 * A parallel branch: code of a workflow on threads of its own, with positions of its own,
 * so that no interleaving changes them.
 * <p>
 * A branch has no outcome in the journal: its code is called again by a replay, and its
 * operations answer from the journal as those of the run itself do.
 */
final class BranchOperation {

	private BranchOperation() {
	}

	/**
	 * Opens a branch.
	 */
	static <T extends @Nullable Object> RunFuture<T> open(Branch branch, Callable<T> code) {
		LoadedRun run = branch.run();
		Operation operation = branch.begin(OperationKind.BRANCH, "");
		if (operation.recorded() == null) {
			run.journal()
				.note(new OperationBegun(operation.position(), OperationKind.BRANCH, "", run.environment().now()));
		}
		Branch opened = branch.below(operation.position());
		BranchFuture<T> future = new BranchFuture<>(opened, operation.position());
		run.parking().open(opened);
		Partition partition = run.environment().partition();
		try {
			partition.supervision()
				.threads()
				.virtual("kraft-run-" + run.number() + "-" + operation.position(),
						partition.work().counted(() -> execute(opened, code, future)))
				.start();
		}
		catch (Throwable ex) {
			// The run would wait for it forever.
			partition.supervision().report(VitalThread.RUN, ex);
			throw ex;
		}
		return future;
	}

	private static <T extends @Nullable Object> void execute(Branch branch, Callable<T> code, BranchFuture<T> future) {
		branch.whenStranded(() -> end(branch));
		branch.bind(new RunContext(branch));
		try {
			future.complete(call(branch.run(), code));
		}
		catch (RunUnwound ex) {
			// The run's own thread does the rest.
		}
		catch (Throwable ex) {
			branch.run().environment().partition().supervision().report(VitalThread.RUN, ex);
		}
		finally {
			Branch.unbind();
			end(branch);
		}
	}

	private static void end(Branch branch) {
		try {
			branch.run().parking().close(branch);
		}
		catch (Throwable ex) {
			branch.run().environment().partition().supervision().report(VitalThread.RUN, ex);
		}
	}

	private static RunFuture.Result call(LoadedRun run, Callable<?> code) {
		try {
			Object value = code.call();
			run.continuation().check();
			return new RunFuture.Result.Value(value);
		}
		catch (RunUnwound ex) {
			throw ex;
		}
		catch (Throwable ex) {
			run.continuation().checkNotCutOff(ex);
			Unrunnable.check(run, ex);
			run.continuation().check();
			return new RunFuture.Result.Thrown(ex);
		}
	}

	/**
	 * Opens a branch for each code, and waits for all.
	 */
	static <T extends @Nullable Object> List<T> all(Branch branch, List<? extends Callable<T>> codes) {
		List<RunFuture<T>> futures = new ArrayList<>(codes.size());
		try {
			for (Callable<T> code : codes) {
				futures.add(open(branch, code));
			}
		}
		finally {
			awaitAll(branch, futures);
		}
		List<T> values = new ArrayList<>(futures.size());
		for (RunFuture<T> future : futures) {
			if (future.result() instanceof RunFuture.Result.Thrown(Throwable failure)) {
				List<Throwable> all = futures.stream().flatMap((other) -> other.failures().stream()).toList();
				branch.run().failures().passOn(failure, all, branch.next());
			}
			values.add(future.value());
		}
		return values;
	}

	/**
	 * Not cancelled itself: the branches are, and end. Nothing is recorded, since the
	 * code sees nothing but the outcomes of the branches.
	 */
	private static void awaitAll(Branch branch, List<? extends RunFuture<?>> futures) {
		AtomicInteger open = new AtomicInteger(futures.size());
		LoadedRun run = branch.run();
		futures.forEach((future) -> future.whenComplete(() -> {
			if (open.decrementAndGet() == 0) {
				run.parking().wakeFor(open);
			}
		}));
		WaitCondition wait = WaitCondition.forSubject(open, null, null, futures.size() + " branches");
		branch.cancellation()
			.shielded(() -> run.parking().await(branch, wait, () -> (open.get() == 0) ? Boolean.TRUE : null));
	}

}

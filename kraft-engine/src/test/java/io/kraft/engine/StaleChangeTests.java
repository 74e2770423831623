package io.kraft.engine;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

import io.kraft.client.WorkflowHandle;
import io.kraft.client.WorkflowStatus;
import io.kraft.engine.store.Change;
import io.kraft.engine.store.RunRow;
import io.kraft.engine.testing.ForwardingStore;
import io.kraft.engine.testing.TestEngine;
import io.kraft.workflow.WorkflowContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A change that was decided on a state that is out of date, as an error in the engine
 * would make it.
 */
class StaleChangeTests {

	private final TestEngine engine = new TestEngine();

	private final WorkflowContext workflow = WorkflowContext.ofCallingRun();

	@AfterEach
	void close() {
		this.engine.close();
	}

	@Test
	void pausesItsRunAndLeavesTheOthersAlone() {
		AtomicBoolean stale = new AtomicBoolean(true);
		this.engine
			.workflow("order", String.class, (argument) -> argument + this.workflow.awaitSignal("go", String.class))
			.withStore((store) -> new ForwardingStore(store) {

				@Override
				public void commit(long epoch, List<Change> changes) {
					super.commit(epoch, changes.stream().map((change) -> tampered(change, stale)).toList());
				}

			})
			.start();
		WorkflowHandle<?> one = this.engine.run("order", "one", "a");
		WorkflowHandle<?> other = this.engine.run("order", "other", "b");

		one.signal("go", "!");
		other.signal("go", "!");

		assertThat(other.result()).isEqualTo("b!");
		await().until(() -> one.status() == WorkflowStatus.PAUSED);
		assertThat(one.describe().reason()).satisfies((reason) -> assertThat(reason).contains("KRAFT-4012"));
		stale.set(false);
		this.engine.client().resume("one");
		assertThat(one.result()).isEqualTo("a!");
	}

	/** The end of the run 'one' names a revision that was never there. */
	private static Change tampered(Change change, AtomicBoolean stale) {
		if (change instanceof Change.RunChanged(var before, RunRow after) && before != null && after.id().equals("one")
				&& after.status() == WorkflowStatus.COMPLETED && stale.get()) {
			return new Change.RunChanged(before.pending(), after);
		}
		return change;
	}

}

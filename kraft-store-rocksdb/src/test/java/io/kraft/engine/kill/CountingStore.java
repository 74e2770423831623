package io.kraft.engine.kill;

import java.util.List;

import io.kraft.engine.store.Change;
import io.kraft.engine.store.RunRow;
import io.kraft.engine.store.Store;
import io.kraft.engine.testing.ForwardingStore;

/**
 * Marks each attempt that the engine has counted for the rate of a queue, when that is
 * durable and before anybody knows it.
 */
final class CountingStore extends ForwardingStore {

	private final Marks marks;

	CountingStore(Store store, Marks marks) {
		super(store);
		this.marks = marks;
	}

	@Override
	public void commit(long epoch, List<Change> changes) {
		super.commit(epoch, changes);
		for (Change change : changes) {
			if (change instanceof Change.AttemptCounted(var attempt)) {
				String id = run(attempt.run()).map(RunRow::id).orElse("?");
				this.marks.add(Mark.Kind.COUNTED, id, attempt.at().toEpochMilli());
			}
		}
	}

}

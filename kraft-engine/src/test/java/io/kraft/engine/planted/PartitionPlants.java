package io.kraft.engine.planted;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

import io.kraft.engine.simulation.Faults;
import io.kraft.engine.store.Change;
import io.kraft.engine.store.Change.ChannelTaken;
import io.kraft.engine.store.Change.OutboxAdded;
import io.kraft.engine.store.Store;
import io.kraft.engine.testing.ForwardingStore;
import org.jspecify.annotations.Nullable;

/**
 * Faults that only several partitions show.
 */
final class PartitionPlants {

	private static final Set<String> LOST = Set.of("hangs", "result-hangs", "signal-order");

	private PartitionPlants() {
	}

	static List<Planted> all() {
		return List.of(planted("a row of an outbox is written with the commit behind its own", LateRows::new, LOST),
				planted("the sequence of a row is drawn before its commit", OvertakenRows::new,
						Set.of("signal-order", "hangs")),
				planted("the mark of a channel is not in the commit of the effect", UnmarkedEffects::new,
						Set.of("message-twice", "signal-order", "hangs", "outbox-left")));
	}

	private static Planted planted(String name, UnaryOperator<Store> store, Set<String> kinds) {
		return new Planted(name, () -> new Faults() {

			@Override
			public UnaryOperator<Store> stores() {
				return store;
			}

		}, kinds);
	}

	/** A row is there, but not when the commit that it follows from is. */
	private static final class LateRows extends ForwardingStore {

		private final List<Change> late = new ArrayList<>();

		LateRows(Store store) {
			super(store);
		}

		@Override
		public void commit(long epoch, List<Change> changes) {
			List<Change> written = new ArrayList<>(this.late);
			this.late.clear();
			for (Change change : changes) {
				((change instanceof OutboxAdded) ? this.late : written).add(change);
			}
			super.commit(epoch, written);
		}

	}

	/** Every other row is overtaken by the next one for its partition. */
	private static final class OvertakenRows extends ForwardingStore {

		private @Nullable OutboxAdded overtaken;

		OvertakenRows(Store store) {
			super(store);
		}

		@Override
		public void commit(long epoch, List<Change> changes) {
			List<Change> written = new ArrayList<>();
			for (Change change : changes) {
				OutboxAdded before = this.overtaken;
				if (!(change instanceof OutboxAdded row)) {
					written.add(change);
				}
				else if (before == null) {
					this.overtaken = row;
				}
				else if (before.target() == row.target()) {
					written.add(row);
					written.add(before);
					this.overtaken = null;
				}
				else {
					written.add(before);
					this.overtaken = row;
				}
			}
			super.commit(epoch, written);
		}

	}

	/** What was taken is forgotten when the partition is lost. */
	private static final class UnmarkedEffects extends ForwardingStore {

		UnmarkedEffects(Store store) {
			super(store);
		}

		@Override
		public void commit(long epoch, List<Change> changes) {
			super.commit(epoch, changes.stream().filter((change) -> !(change instanceof ChannelTaken)).toList());
		}

	}

}

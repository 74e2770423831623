package io.kraft.engine.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.kraft.client.Page;
import io.kraft.client.WorkflowDescription;
import io.kraft.client.WorkflowQuery;
import io.kraft.engine.routing.Call;
import io.kraft.engine.routing.RunService;
import io.kraft.engine.routing.RunView;
import io.kraft.engine.routing.RunViews;
import io.kraft.engine.store.RunFilter;
import io.kraft.engine.store.RunRow;

/**
 * Lists the runs of several partitions as if they were one: the newest first, and those
 * of the same time by their partition.
 */
final class RunLists {

	private RunLists() {
	}

	static Page<WorkflowDescription> page(List<RunService> partitions, WorkflowQuery query) {
		RunCursor cursor = RunCursor.of(query.cursor(), partitions.size());
		RunFilter filter = new RunFilter(query.name(), query.statuses(), query.tags(), query.startedAfter(),
				query.startedBefore());
		List<Part> parts = new ArrayList<>();
		for (RunService partition : partitions) {
			long before = cursor.before(partition.partition());
			RunViews runs = (before > 0) ? partition.runs(Call.OWN, filter, before, query.limit()) : RunViews.NONE;
			parts.add(new Part(partition.partition(), before, runs));
		}
		List<WorkflowDescription> items = merge(parts, query.limit());
		parts.forEach((part) -> cursor.set(part.partition, part.next()));
		return new Page<>(items, Optional.ofNullable(cursor.toText()));
	}

	private static List<WorkflowDescription> merge(List<Part> parts, int limit) {
		List<WorkflowDescription> items = new ArrayList<>();
		while (items.size() < limit && parts.stream().noneMatch(Part::mayHideTheNext)) {
			Part newest = null;
			for (Part part : parts) {
				if (part.hasRow() && (newest == null || part.row().createdAt().isAfter(newest.row().createdAt()))) {
					newest = part;
				}
			}
			if (newest == null) {
				break;
			}
			items.add(Descriptions.of(newest.run()));
			newest.taken++;
		}
		return items;
	}

	/**
	 * What one partition has to offer for a page.
	 */
	private static final class Part {

		private final int partition;

		private final long before;

		private final RunViews runs;

		private int taken;

		Part(int partition, long before, RunViews runs) {
			this.partition = partition;
			this.before = before;
			this.runs = runs;
		}

		boolean hasRow() {
			return this.taken < this.runs.runs().size();
		}

		/** That of the next row, which there is. */
		RunRow row() {
			return run().row();
		}

		/** The next one, which there is. */
		RunView run() {
			return this.runs.runs().get(this.taken);
		}

		/**
		 * Whether rows follow that were not read, and may be newer than those of others.
		 */
		boolean mayHideTheNext() {
			return !hasRow() && this.runs.nextBefore() > 0;
		}

		/** Where its part of the next page begins; 0 if there is none. */
		long next() {
			if (!hasRow()) {
				return this.runs.nextBefore();
			}
			return (this.taken > 0) ? this.runs.runs().get(this.taken - 1).row().number() : this.before;
		}

	}

}

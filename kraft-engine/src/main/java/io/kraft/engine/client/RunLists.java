package io.kraft.engine.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.kraft.client.Page;
import io.kraft.client.WorkflowDescription;
import io.kraft.client.WorkflowQuery;
import io.kraft.engine.execution.Execution;
import io.kraft.engine.store.RunFilter;
import io.kraft.engine.store.RunRow;
import io.kraft.engine.store.RunSlice;

/**
 * Lists the runs of several partitions as if they were one: the newest first, and those
 * of the same time by their partition.
 */
final class RunLists {

	private RunLists() {
	}

	static Page<WorkflowDescription> page(List<Execution> partitions, WorkflowQuery query) {
		RunCursor cursor = RunCursor.of(query.cursor(), partitions.size());
		RunFilter filter = new RunFilter(query.name(), query.statuses(), query.tags(), query.startedAfter(),
				query.startedBefore());
		List<Part> parts = new ArrayList<>();
		for (Execution partition : partitions) {
			long before = cursor.before(partition.partition());
			RunSlice slice = (before > 0) ? partition.store().runs(filter, before, query.limit())
					: new RunSlice(List.of(), 0);
			parts.add(new Part(partition, before, slice));
		}
		List<WorkflowDescription> items = merge(parts, query.limit());
		parts.forEach((part) -> cursor.set(part.partition.partition(), part.next()));
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
			items.add(Descriptions.of(newest.row(), newest.partition));
			newest.taken++;
		}
		return items;
	}

	/**
	 * What one partition has to offer for a page.
	 */
	private static final class Part {

		private final Execution partition;

		private final long before;

		private final RunSlice slice;

		private int taken;

		Part(Execution partition, long before, RunSlice slice) {
			this.partition = partition;
			this.before = before;
			this.slice = slice;
		}

		boolean hasRow() {
			return this.taken < this.slice.rows().size();
		}

		/** That of the next row, which there is. */
		RunRow row() {
			return this.slice.rows().get(this.taken);
		}

		/**
		 * Whether rows follow that were not read, and may be newer than those of others.
		 */
		boolean mayHideTheNext() {
			return !hasRow() && this.slice.nextBefore() > 0;
		}

		/** Where its part of the next page begins; 0 if there is none. */
		long next() {
			if (!hasRow()) {
				return this.slice.nextBefore();
			}
			return (this.taken > 0) ? this.slice.rows().get(this.taken - 1).number() : this.before;
		}

	}

}

package io.kraft.engine.store;

import java.time.Duration;
import java.util.Map;

import io.kraft.engine.journal.Payload;
import org.jspecify.annotations.Nullable;

/**
 * A run that another partition is to start, but for its id. Immutable.
 *
 * @param workflow its name
 * @param version of the workflow, as the sender knows it
 * @param step that a work item executes; null in a run of a workflow
 * @param arguments written down, all in one
 * @param timeout of the whole run, from its start on; null means none
 * @param delay zero or more, from the request on
 * @param priority higher ones go first
 * @param tags labels
 * @param trace that it is started in; empty if in none
 */
public record RunStart(String workflow, int version, @Nullable String step, Payload arguments,
		@Nullable Duration timeout, Duration delay, int priority, Map<String, String> tags, Map<String, String> trace) {

	public RunStart {
		tags = Map.copyOf(tags);
		trace = Map.copyOf(trace);
	}

	RunStart with(Payload arguments) {
		return new RunStart(this.workflow, this.version, this.step, arguments, this.timeout, this.delay, this.priority,
				this.tags, this.trace);
	}

	int sizeBytes() {
		return 64 + this.arguments.bytes().length + 64 * (this.tags.size() + this.trace.size());
	}

}

package io.kraft.engine.schedule;

import java.time.Instant;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import io.kraft.client.ScheduleDescription;
import io.kraft.client.ScheduleNotFoundException;
import io.kraft.engine.definition.ScheduleCatalog;
import io.kraft.engine.definition.ScheduleDefinition;
import io.kraft.engine.execution.Execution;
import io.kraft.engine.lifecycle.Clockwork;
import io.kraft.engine.partition.WrittenAnswer;
import io.kraft.engine.routing.Call;
import io.kraft.workflow.KraftException;

/**
 * The schedules of an application between one start of the engine and its stop.
 * Thread-safe.
 */
public final class Schedules {

	private final ScheduleCatalog catalog;

	private final NavigableMap<String, DrivenSchedule> byName = new TreeMap<>();

	private final Clockwork clockwork;

	private final ScheduleWorker worker;

	private final Consumer<KraftException> failureListener;

	/**
	 * Schedules that do not fire yet.
	 * @param catalog those of the application
	 * @param isHome whether one of that name is fired from here
	 * @param elsewhere runs that belong to other partitions
	 * @param failureListener is called if the store cannot be read; must not block
	 */
	public Schedules(ScheduleCatalog catalog, Predicate<String> isHome, Execution execution, RunsElsewhere elsewhere,
			Consumer<KraftException> failureListener) {
		Clockwork clockwork = execution.clockwork();
		this.clockwork = clockwork;
		this.failureListener = failureListener;
		this.worker = new ScheduleWorker(execution.supervision(), execution.node().work());
		this.catalog = catalog;
		for (ScheduleDefinition definition : catalog.all()) {
			if (!isHome.test(definition.name())) {
				continue;
			}
			FireTimeRuns runs = new FireTimeRuns(definition.name(), catalog.workflow(definition), execution, elsewhere,
					clockwork);
			this.byName.put(definition.name(),
					new DrivenSchedule(definition, runs, execution, clockwork, this.worker, failureListener));
		}
	}

	/**
	 * Fires from now on, and does what the catch-up of each asks for.
	 * @param takenOver whether the engine runs already, so that another one may have
	 * fired them until a moment ago
	 */
	public void start(boolean takenOver) {
		Instant now = this.clockwork.clock().instant();
		try {
			this.byName.values().forEach((schedule) -> schedule.start(now, takenOver));
		}
		catch (KraftException ex) {
			this.failureListener.accept(ex);
		}
	}

	/**
	 * Starts nothing more. Does not wait.
	 */
	public void stop() {
		this.worker.stop();
		this.byName.values().forEach(DrivenSchedule::disarm);
	}

	/**
	 * What is known of all, in the order of their names.
	 */
	public List<ScheduleDescription> descriptions() {
		return this.byName.values().stream().map(DrivenSchedule::describe).toList();
	}

	/**
	 * Pauses a schedule; durable when it returns.
	 * @param answer goes with that commit
	 */
	public void pause(String name, WrittenAnswer answer) {
		find(name).pause(answer);
	}

	/**
	 * Resumes a schedule; durable when it returns.
	 * @param answer goes with that commit
	 */
	public void resume(String name, WrittenAnswer answer) {
		find(name).resume(answer);
	}

	/**
	 * Starts a run outside of the fire times, named after the request, if that has an id;
	 * durable when it returns.
	 * @return its id
	 */
	public String trigger(Call call, String name) {
		return find(name).trigger(call);
	}

	private String names() {
		return this.catalog.all().isEmpty() ? "none"
				: this.catalog.all().stream().map(ScheduleDefinition::name).collect(Collectors.joining(", "));
	}

	private DrivenSchedule find(String name) {
		DrivenSchedule schedule = this.byName.get(name);
		if (schedule == null) {
			throw new ScheduleNotFoundException("no schedule of this application has the name '" + name
					+ "'. Known are: " + names() + ". See docs/reference/errors.md#kraft-3009", null, name);
		}
		return schedule;
	}

}

package io.kraft.engine.lifecycle;

import io.kraft.engine.admission.Admission;
import io.kraft.engine.operation.StartCommands;
import io.kraft.engine.run.LoadedRun;
import io.kraft.engine.run.LoadedRuns;
import io.kraft.engine.run.RunEnvironment;
import io.kraft.engine.supervision.Supervision;
import io.kraft.engine.supervision.VitalThread;

/**
 * Lets runs execute that are in memory and have a slot, each on a virtual thread of its
 * own. Thread-safe.
 */
public final class RunLauncher {

	private final RunEnvironment environment;

	private final LoadedRuns loadedRuns;

	private final Admission admission;

	private final RunCompleter completer;

	private final Completions completions;

	private final StartCommands commands;

	private final RunExits exits;

	/**
	 * A launcher of an execution's runs.
	 * @param completions for runs that wait for other runs than their own children
	 * @param commands makes the commands to start children
	 */
	public RunLauncher(RunEnvironment environment, LoadedRuns loadedRuns, Admission admission, RunCompleter completer,
			Completions completions, StartCommands commands, RunExits exits) {
		this.environment = environment;
		this.loadedRuns = loadedRuns;
		this.admission = admission;
		this.completer = completer;
		this.completions = completions;
		this.commands = commands;
		this.exits = exits;
	}

	/**
	 * Executes a run.
	 * @param starter starts its children
	 */
	void launch(LoadedRun run, RunStarter starter) {
		Supervision supervision = this.environment.partition().supervision();
		try {
			this.admission.begin(run.definition().name(), run.number());
			if (this.loadedRuns.add(run)) {
				ChildStarter children = new ChildStarter(run, starter, this.commands, this.completions);
				RunDriver driver = new RunDriver(run, children, this.completer, this.exits);
				supervision.threads()
					.virtual("kraft-run-" + run.number(), this.environment.partition().work().counted(driver))
					.start();
			}
			else {
				run.replay().release();
				this.environment.slots().release();
			}
		}
		catch (Throwable ex) {
			// It may be durable, and seem to be in memory, and no thread would execute
			// it.
			supervision.report(VitalThread.LOADER, ex);
			throw ex;
		}
	}

}

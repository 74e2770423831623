package io.kraft.engine.replay;

import java.util.List;
import java.util.stream.Collectors;

import io.kraft.client.ReplayCheckQuery;
import io.kraft.client.ReplayCheckReport;
import io.kraft.engine.store.Store;
import io.kraft.workflow.ReplayRefusedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a start does about runs that would not continue with the present code.
 */
public enum ReplayOnStart {

	/** They are not looked for; each is paused when it is woken. */
	OFF,

	/** They are looked for, and a warning names them. */
	REPORT,

	/** They are looked for, and the engine does not start if there are any. */
	REFUSE;

	private static final Logger logger = LoggerFactory.getLogger(ReplayOnStart.class);

	private static final int SHOWN = 10;

	/**
	 * Looks at a store that no engine owns yet; changes nothing.
	 * @throws ReplayRefusedException if the engine is not to start
	 */
	public void check(Store store, ReplayCheck check) {
		if (this == OFF) {
			return;
		}
		ReplayCheckReport report = check.check(List.of(store), ReplayCheckQuery.all());
		String summary = report.replayed() + " runs that have not ended were replayed with the present code in "
				+ report.millis() + " ms" + (report.complete() ? "" : ", the newest of more");
		if (report.findings().isEmpty()) {
			logger.info("{}: all would continue", summary);
			return;
		}
		String text = summary + ": " + report.pausing() + " would be paused"
				+ ((report.undecided() > 0) ? ", of " + report.undecided() + " it is unknown" : "") + list(report);
		if (this == REFUSE && report.pausing() > 0) {
			throw new ReplayRefusedException(text
					+ "\nNothing was changed. Deploy code that takes the recorded paths: the "
					+ "old method as a version of its own, or the new part within WorkflowContext.patched; "
					+ "kraft.replay.check-on-start=report starts all the same. See docs/reference/errors.md#kraft-1020");
		}
		logger.warn("{}", text);
	}

	private static String list(ReplayCheckReport report) {
		String lines = report.findings()
			.stream()
			.limit(SHOWN)
			.map((run) -> "\n  " + run.id() + " (" + run.workflow() + ", version " + run.version() + "): "
					+ run.reason())
			.collect(Collectors.joining());
		int others = report.pausing() + report.undecided() - Math.min(SHOWN, report.findings().size());
		return lines + ((others > 0) ? "\n  and " + others + " more" : "");
	}

}

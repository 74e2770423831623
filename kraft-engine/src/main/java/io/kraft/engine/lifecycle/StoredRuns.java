package io.kraft.engine.lifecycle;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import io.kraft.engine.admission.Admission;
import io.kraft.engine.admission.TurnWaits;
import io.kraft.engine.definition.WorkflowDefinition;
import io.kraft.engine.journal.JournalTooLargeException;
import io.kraft.engine.journal.MaskedTokens;
import io.kraft.engine.journal.Origin;
import io.kraft.engine.journal.RecordedJournal;
import io.kraft.engine.ledger.RunChange;
import io.kraft.engine.ledger.RunRecord;
import io.kraft.engine.lifecycle.LoadPlan.Request;
import io.kraft.engine.memory.ByteBudget;
import io.kraft.engine.memory.JournalShare;
import io.kraft.engine.run.LoadedRun;
import io.kraft.engine.run.LoadedRuns;
import io.kraft.engine.run.LogContext;
import io.kraft.engine.run.Replay;
import io.kraft.engine.run.RunEnvironment;
import io.kraft.engine.run.RunJournal;
import io.kraft.engine.run.RunLog;
import io.kraft.engine.state.Transition;
import io.kraft.engine.store.Change;
import io.kraft.engine.store.Message;
import io.kraft.engine.store.RunRow;
import io.kraft.workflow.ErrorDocs;
import io.kraft.workflow.KraftException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The runs on disk, to be brought into memory: decides with {@link LoadPlan} what is to
 * happen to a run for which something has come, and does it in the same decision. Used by
 * the loader's thread.
 */
final class StoredRuns {

	private static final Logger logger = LoggerFactory.getLogger(StoredRuns.class);

	private final RunEnvironment environment;

	private final LoadedRuns loadedRuns;

	private final Admission admission;

	private final DueRuns due;

	private final RunCompleter completer;

	private final ByteBudget journals;

	private final JournalWaits journalWaits;

	private final TurnWaits waits = new TurnWaits();

	/** Their number is logged once. */
	private final Set<Long> skipped = new HashSet<>();

	StoredRuns(RunEnvironment environment, LoadedRuns loadedRuns, Admission admission, LoadQueue queue,
			RunCompleter completer) {
		this.journals = queue.journals();
		this.journalWaits = queue.journalWaits();
		this.environment = environment;
		this.loadedRuns = loadedRuns;
		this.admission = admission;
		this.due = queue.due();
		this.completer = completer;
	}

	/**
	 * Reads a run and its journal, if it is to execute.
	 * @return null if it is in memory already, or does not continue now; one that cannot
	 * continue here, or cannot be read, is paused, and skipped if it cannot even be
	 * paused
	 */
	@Nullable LoadedRun load(LoadRequest loadRequest) {
		if (this.loadedRuns.wake(loadRequest.run())) {
			return null;
		}
		try {
			Loaded loaded = this.environment.ledger().decide(loadRequest.run(), (record) -> load(record, loadRequest));
			if (loaded.plan() == LoadPlan.FORGET) {
				forget(loadRequest);
			}
			return loaded.run();
		}
		catch (RuntimeException ex) {
			if (!UnreadableRun.isCauseOf(ex)) {
				throw ex;
			}
			skip(loadRequest.run(), ex);
			return null;
		}
	}

	/** Whatever has come for it is still on disk at the next start. */
	private void skip(long run, RuntimeException failure) {
		this.admission.end(run);
		if (this.skipped.add(run)) {
			logger.error(
					"Run number {} cannot be read, nor paused, and is left out ({} so far): {}. Restore the data "
							+ "directory from a backup. See {}",
					run, this.skipped.size(), failure, ErrorDocs.section("KRAFT-4013"));
		}
	}

	private Loaded load(RunRecord record, LoadRequest loadRequest) {
		if (record.writer() != null) {
			// It was launched since.
			return new Loaded(LoadPlan.IGNORE, null);
		}
		record.awaitDurable();
		RunRow row = record.row();
		try {
			return load(record, row, loadRequest);
		}
		catch (RuntimeException ex) {
			if (row == null || !record.isOpen() || record.writer() != null || !UnreadableRun.isCauseOf(ex)) {
				throw ex;
			}
			pause(record, row, UnreadableRun.reason(row, ex));
			this.admission.end(row.name(), row.number());
			return new Loaded(LoadPlan.IGNORE, null);
		}
	}

	private Loaded load(RunRecord record, @Nullable RunRow row, LoadRequest loadRequest) {
		LoadPlan plan = LoadPlan.of((row != null) ? row.state() : null, row != null && row.step() != null, loadRequest,
				() -> request(loadRequest.run()));
		LoadedRun run = null;
		switch (plan) {
			case LOAD -> run = loadInTurn(record, Objects.requireNonNull(row), loadRequest);
			case MAKE_PENDING -> makePending(record, Objects.requireNonNull(row), loadRequest);
			case REMOVE_TIMER ->
				record.commit(List.of(new Change.TimerRemoved(Objects.requireNonNull(loadRequest.timer()))));
			case REQUEUE -> requeue(Objects.requireNonNull(row));
			case REST -> this.admission.end(Objects.requireNonNull(row).name(), loadRequest.run());
			case IGNORE, FORGET -> {
			}
		}
		return new Loaded(plan, run);
	}

	/** The place that it was given with a turn that it could not take is free. */
	private void requeue(RunRow row) {
		this.admission.end(row.name(), row.number());
		this.due.requeue(row);
	}

	private Request request(long run) {
		Request request = Request.NONE;
		for (Message message : this.environment.delivery().requests(run)) {
			if (message.kind().isToEnd()) {
				return Request.CANCEL;
			}
			request = (message.kind() == Message.Kind.PAUSE) ? Request.PAUSE : request;
		}
		return request;
	}

	private void makePending(RunRecord record, RunRow row, LoadRequest loadRequest) {
		if (row.startedAt() == null) {
			this.waits.begin(row, this.environment.now());
		}
		RunRow pending = row.pending();
		List<Change> changes = (loadRequest.timer() != null) ? List.of(new Change.TimerRemoved(loadRequest.timer()))
				: List.of();
		this.due.add(pending, record.commit(RunChange.to(Transition.COME_DUE, pending).with(changes)));
	}

	private @Nullable LoadedRun loadInTurn(RunRecord record, RunRow row, LoadRequest loadRequest) {
		if (loadRequest.cause() == LoadRequest.Cause.RESTART && !this.admission.tryBegin(row.name(), row.number())) {
			RunRow pending = row.pending();
			this.due.add(pending, record.commit(RunChange.to(Transition.RESUME, pending)));
			return null;
		}
		JournalShare share = new JournalShare(this.journals);
		LoadedRun run = null;
		try {
			run = load(record, row, loadRequest, share);
		}
		finally {
			if (run == null) {
				share.giveBackAll();
			}
		}
		if (run == null) {
			if (loadRequest.cause() == LoadRequest.Cause.RESTART) {
				this.admission.end(row.name(), row.number());
			}
			this.journalWaits.add(loadRequest, share.size());
		}
		return run;
	}

	/** Null if there is no room for its journal now. */
	private @Nullable LoadedRun load(RunRecord record, RunRow row, LoadRequest loadRequest, JournalShare share) {
		WorkflowDefinition definition = this.environment.definitions().get(row.name(), row.version(), row.step());
		RecordedJournal recorded = record.readJournal(share);
		if (share.isTooLarge()) {
			throw new JournalTooLargeException(row.id(), share.size(), this.journals.limit());
		}
		if (!share.fits()) {
			return null;
		}
		Origin origin = recorded.origin(row.id());
		RunLog.loaded(row, loadRequest.cause(), recorded.operations().size());
		boolean isAttempt = row.step() != null && request(row.number()) == Request.NONE;
		RunJournal journal = RunJournal.open(this.environment, record, row, share.entryBytes());
		switch (row.status()) {
			case RUNNING, SUSPENDED -> {
			}
			default -> begin(journal, row, isAttempt);
		}
		return new LoadedRun(definition, origin, journal, Replay.of(recorded.operations(), share), this.environment);
	}

	private void begin(RunJournal journal, RunRow row, boolean isAttempt) {
		Instant now = this.environment.now();
		if (row.startedAt() == null) {
			this.environment.observer().begun(row.name(), this.waits.end(row, now));
		}
		journal.note(Transition.BEGIN, (before) -> before.running(now));
		if (row.startTimer() != null) {
			this.environment.timers().remove(row.startTimer());
			journal.note(new Change.TimerRemoved(row.startTimer()));
		}
		if (isAttempt) {
			journal.note(this.admission.count(row).toArray(Change[]::new));
		}
	}

	private void pause(RunRecord record, RunRow row, KraftException reason) {
		String text = MaskedTokens.in(String.valueOf(reason.getMessage()));
		if (!this.environment.settings().onlyReplays()) {
			LogContext.about(row, () -> logger.warn("Run '{}' is paused: {}", row.id(), text));
		}
		if (!text.equals(row.reason())) {
			record.commit(RunChange.to(Transition.PAUSE, row.paused(text))).await();
		}
	}

	/** What was left behind by a run that was ended from outside, or never took it. */
	private void forget(LoadRequest loadRequest) {
		// It has one if it waited for its turn, which came when it was gone already.
		this.admission.end(loadRequest.run());
		if (loadRequest.timer() != null) {
			this.environment.partition().submit(List.of(new Change.TimerRemoved(loadRequest.timer())));
		}
		this.completer.clear(loadRequest.run());
	}

	/**
	 * What was decided.
	 *
	 * @param run to be launched; null if none is
	 */
	private record Loaded(LoadPlan plan, @Nullable LoadedRun run) {
	}

}

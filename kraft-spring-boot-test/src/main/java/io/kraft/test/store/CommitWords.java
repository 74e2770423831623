package io.kraft.test.store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.kraft.engine.journal.JournalCodec;
import io.kraft.engine.journal.JournalEntry;
import io.kraft.engine.journal.JournalEntry.OperationEntry;
import io.kraft.engine.journal.OperationKind;
import io.kraft.engine.store.Change;
import io.kraft.engine.store.RunRow;

/**
 * Describes in words what is in a commit. Not thread-safe.
 */
final class CommitWords {

	private final Map<Long, String> ids = new HashMap<>();

	/**
	 * What is in the commit, a phrase each; what only follows from another is left out.
	 */
	List<String> of(List<Change> changes) {
		List<String> words = new ArrayList<>();
		for (Change change : changes) {
			if (change instanceof Change.RunChanged(var before, RunRow after)) {
				this.ids.put(after.number(), after.id());
			}
		}
		for (Change change : changes) {
			switch (change) {
				case Change.EntryAppended appended ->
					words.add(run(appended.run()) + " " + entry(JournalCodec.decode(appended.entry())));
				case Change.RunChanged(var before, RunRow after) -> {
					if (before == null || before.status() != after.status()) {
						words.add(run(after.number()) + " is " + after.status());
					}
				}
				case Change.MessageAdded added ->
					words.add(run(added.message().run()) + " gets a message: " + text(added.message().kind().name())
							+ (added.message().name().isEmpty() ? "" : " '" + added.message().name() + "'"));
				case Change.RunRemoved removed -> words.add(run(removed.row().number()) + " is removed");
				case Change.ScheduleChanged changed -> words.add("schedule '" + changed.row().name() + "' has fired");
				case Change.ProgressReported progress -> words.add(run(progress.run()) + " has published its progress");
				case Change.JournalCleared cleared -> words.add(run(cleared.run()) + " begins a fresh journal");
				case Change.QueuePaused paused -> words.add("queue '" + paused.queue() + "' is paused or resumed");
				case Change.OutboxAdded added ->
					words.add("run '" + added.row().to() + "' in partition " + added.target() + " is sent a request");
				case Change.ChannelTaken taken ->
					words.add("request " + taken.sequence() + " of partition " + taken.source() + " is taken");
				case Change.OutboxRemoved removed -> {
				}
				case Change.RequestAnswered answered -> {
				}
				case Change.RequestForgotten forgotten -> {
				}
				case Change.MessageTaken taken -> {
				}
				case Change.MessageSetAside setAside -> {
				}
				case Change.MessageReturned returned -> {
				}
				case Change.MessageForgotten forgotten -> {
				}
				case Change.ValuePublished published -> {
				}
				case Change.ProgressForgotten forgotten -> {
				}
				case Change.AttemptCounted counted -> {
				}
				case Change.AttemptForgotten forgotten -> {
				}
				case Change.TimerSet set -> {
				}
				case Change.TimerRemoved removed -> {
				}
			}
		}
		return words.isEmpty() ? List.of("bookkeeping") : words;
	}

	private String run(long number) {
		return "run '" + this.ids.getOrDefault(number, "#" + number) + "'";
	}

	private static String entry(JournalEntry entry) {
		if (!(entry instanceof OperationEntry operation)) {
			return text(entry.getClass().getSimpleName());
		}
		String name = operation.name().isEmpty() ? "" : " '" + operation.name() + "'";
		String about = (operation.kind() == OperationKind.STEP) ? "" : " of " + operation.kind().label();
		return text(entry.getClass().getSimpleName()) + about + name + " at " + operation.position();
	}

	/** {@code StepCompleted} and {@code CHILD_ENDED} as words. */
	private static String text(String name) {
		return name.replaceAll("(?<=[a-z])(?=[A-Z])", " ").replace('_', ' ').toLowerCase(Locale.ROOT);
	}

}

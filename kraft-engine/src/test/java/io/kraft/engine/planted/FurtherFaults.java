package io.kraft.engine.planted;

import java.util.ArrayList;
import java.util.List;

import static io.kraft.engine.planted.EngineFault.of;
import static io.kraft.engine.planted.Surgery.constant;
import static io.kraft.engine.planted.Surgery.empty;
import static io.kraft.engine.planted.Surgery.instead;
import static io.kraft.engine.planted.Surgery.without;

/**
 * Faults of the commits, the waits and the steps.
 */
@SuppressWarnings("BadImport") // There is only one builder, and only one kind of fault.
final class FurtherFaults {

	private FurtherFaults() {
	}

	static List<EngineFault> all() {
		List<EngineFault> all = new ArrayList<>();
		all.addAll(commits());
		all.addAll(waits());
		all.addAll(steps());
		all.addAll(channels());
		return all;
	}

	private static List<EngineFault> channels() {
		String seeds = "hosting.PartitionPlayTests#aFewSeedsBreakNoPromise";
		return List.of(
				of("the mark is not in the commit of the effect", empty("store.kv.ChannelMarks", "take"),
						"channel.TakerTests#aBatchThatComesAgainHasNoSecondEffect", "partitions seed 1", seeds),
				of("a partition that is taken does not send what waits in its outbox",
						empty("channel.Outgoing", "start"),
						"hosting.AcrossPartitionsTests#aChildOfAPartitionThatHasFailedIsStartedWhenThatIsThereAgain",
						seeds),
				of("a row is not sent again when it had no answer", empty("message.channel.Channel", "failed"), seeds),
				of("a row in the outbox does not wake its sender", without("channel.Outgoing", "committed", "wake"),
						"hosting.AcrossPartitionsTests#aChildThatHasEndedBeforeItIsCalledIsAnsweredWithItsResult",
						seeds),
				of("a partition that is released continues its runs",
						without("hosting.PartitionHost", "release", "stop"), "partitions seed 3", "partitions seed 5",
						seeds),
				of("anyone may cancel a run as its parent", constant("channel.RowEffects", "isChild", true),
						"channel.TakerTests#aRunIsNeitherCancelledNorAnsweredInTheNameOfARunThatIsNotItsParent"));
	}

	private static List<EngineFault> commits() {
		return List.of(
				of("commits are not awaited", empty("partition.Commit", "await"),
						"CommitPipelineTests#noBodyIsEnteredAndNothingIsAnsweredBeforeTheDiskHasAnswered", "seed 1"),
				of("a body is entered before what precedes it is durable",
						without("run.RunJournal", "awaitDurable", "await"),
						"CommitPipelineTests#noBodyIsEnteredAndNothingIsAnsweredBeforeTheDiskHasAnswered"),
				of("commits succeed before they are written", without("partition.Committer", "write", "commit"),
						"CommitPipelineTests#whatQueuesUpWhileTheDiskIsBusySharesOneCommit",
						"WorkflowExecutionTests#aRecordedStepIsNotEnteredAgainAfterACrash"),
				of("the committer is not woken", without("partition.CommitQueue", "push", "unpark"),
						"partition.SleepingCommitterTests#aCommitWakesTheConsumerThatSleeps"),
				of("room in the queue is not given back", without("partition.CommitQueue", "remove", "release"),
						"partition.SleepingCommitterTests#roomThatWasTakenIsGivenBack"),
				of("what is left in the queue is not failed", empty("partition.CommitQueue", "failAll"),
						"partition.SleepingCommitterTests#whatIsLeftInTheQueueIsFailed"),
				of("a change of another revision is written", empty("store.kv.ChangeWriter", "checkRevision"),
						"store.memory.StaleChangeTests#nothingOfACommitIsWrittenThatWasDecidedOnAnotherRevision"),
				of("the transition table is not asked", constant("state.Transition", "allows", true),
						"ledger.RunRecordTests#whatTheTableDoesNotHaveIsNotCommitted"),
				of("a decision does not lock its run",
						List.of(empty("ledger.RunRecord", "checkLocked"), without("ledger.RunLedger", "decide", "lock"),
								without("ledger.RunLedger", "decide", "unlock")),
						"ledger.RunLedgerTests#aDecisionAboutARunWaitsForTheOneThatIsUnderWay"),
				of("a run is as young as the clock says",
						instead("partition.Partition", "nextCreation", "isBefore", "never", Object.class, Object.class),
						"partition.CreationTests#aRunIsNotOlderThanTheNewestOneAlsoWhereThatWasRemoved"));
	}

	private static List<EngineFault> waits() {
		return List.of(
				of("a sleep is over immediately", constant("run.Parking", "isDue", true),
						"WorkflowExecutionTests#aSleepIsNeverShorterThanAskedForAndSurvivesACrash"),
				of("a run that waits is not noted as suspended", empty("run.Parking", "noteSuspended"),
						"BranchTests#aRunInItsBranchesIsSuspendedAndSaysWhatItWaitsFor"),
				of("the timers of a run that leaves are forgotten", empty("run.Parking", "timers"),
						"cell IN_STEP_UNPARKED/SLEEP/BEFORE/SIGNAL"),
				of("a run that is due is forgotten", without("lifecycle.DueRuns", "add", "add"),
						"AdmissionTests#aDelayedRunIsScheduledUntilItsTimeHasComeAlsoAcrossARestart"),
				of("runs that were interrupted are not found again",
						without("lifecycle.LoadQueue", "nextOnDisk", "next"),
						"WorkflowExecutionTests#aRecordedStepIsNotEnteredAgainAfterACrash"),
				of("a timer is lost on its way to its run", without("timer.Timers", "fireDue", "forEach"),
						"WorkflowExecutionTests#aSleepIsNeverShorterThanAskedForAndSurvivesACrash"),
				of("a slot is not given back", without("lifecycle.RunExits", "exit", "release"),
						"ConcurrencyTests#waitingRunsTakeTheirTurnInTheOrderOfTheirStart",
						"ConcurrencyTests#aRunThatFailsLeavesItsSlot"),
				of("a full house of slots does not hold a start up", constant("run.ExecutionSlots", "tryAcquire", true),
						"ConcurrencyTests#noMoreRunsExecuteThanAllowedAndTheOthersWaitOnDisk"));
	}

	private static List<EngineFault> steps() {
		return List.of(
				of("a body is entered without the intent that it needs",
						empty("operation.StepOperation", "becomeDurable"),
						"cell IN_STEP/AT_MOST_ONCE_STEP/BEFORE/SIGNAL", "cell IN_STEP/NEXT_STEP/BEFORE/CRASH"),
				of("a paused run enters one more step", without("operation.StepOperation", "becomeDurable", "check"),
						"PauseTests#aRunThatIsPausedWhileItCallsAStepDoesNotEnterIt"),
				of("what was done is not compensated", empty("operation.StepOperation", "pushCompensation"),
						"CompensationTests#whatWasDoneIsUndoneTheLastFirstWhenTheRunFails"),
				of("failed attempts are not counted across a crash",
						without("operation.StepOperation", "execute", "failedAttempts"),
						"WorkflowExecutionTests#failedAttemptsAreCountedAcrossACrash"),
				of("a step shares its arguments with its workflow",
						without("operation.StepOperation", "execute", "freeze"),
						"StepArgumentTests#eachAttemptGetsTheArgumentsOfTheCall"),
				of("what is a durable call is allowed inside a step",
						without("operation.StepAttempt", "call", "enterBody"),
						"MisuseTests#durableCallsInsideAStepAreRefused"));
	}

}

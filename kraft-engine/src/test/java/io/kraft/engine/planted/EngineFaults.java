package io.kraft.engine.planted;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import static io.kraft.engine.planted.EngineFault.of;
import static io.kraft.engine.planted.Surgery.constant;
import static io.kraft.engine.planted.Surgery.empty;
import static io.kraft.engine.planted.Surgery.failing;
import static io.kraft.engine.planted.Surgery.instead;
import static io.kraft.engine.planted.Surgery.unread;
import static io.kraft.engine.planted.Surgery.unwritten;
import static io.kraft.engine.planted.Surgery.without;

/**
 * The faults that the life of a run once had, planted where the engine now prevents them.
 * Those of the rest of the engine are {@link FurtherFaults}.
 */
@SuppressWarnings("BadImport") // There is only one builder, and only one kind of fault.
final class EngineFaults {

	private EngineFaults() {
	}

	static List<EngineFault> all() {
		List<EngineFault> all = new ArrayList<>();
		all.addAll(ends());
		all.addAll(messages());
		all.addAll(removals());
		all.addAll(supervision());
		all.addAll(limits());
		all.addAll(FurtherFaults.all());
		return all;
	}

	private static List<EngineFault> ends() {
		return List.of(
				of("a terminated run keeps its writer", empty("ledger.RunRecord", "takeOver"),
						"TerminateTests#aRunThatWaitsEndsAtOnceAndNothingOfItGoesOn",
						"cell IN_STEP/TERMINATE/BEFORE/NEXT_STEP"),
				of("a termination does not wait for what is in flight", empty("ledger.RunRecord", "awaitDurable"),
						"ledger.RunLedgerTests#aDecisionThatAwaitsTheDiskGoesOnWhenAllThatWasHandedOverIsDurable",
						"cell IN_STEP/CHILD_START/BEFORE/TERMINATE", "cell IN_STEP/SLEEP/BEFORE/TERMINATE"),
				of("a termination leaves timers behind", without("control.Termination", "remove", "add"),
						"cell ON_TIMER/TERMINATE/BEFORE/SIGNAL",
						"TerminateTests#aRunThatWaitsEndsAtOnceAndNothingOfItGoesOn"),
				of("a journal that is closed is written on", unread("run.RunJournal", "lock", "closed"),
						"interleaving.EndedMeanwhileTests#aStepThatReturnsAfterTheTerminationOfItsRunIsNotRecorded"),
				of("a run is not notified of its termination", without("run.RunJournal", "takenOver", "run"),
						"TerminateTests#stepsThatRunAreInterruptedAndNotRecorded"),
				of("waiters are not notified of a termination", without("control.RunControl", "announce", "announce"),
						"interleaving.RunFaultTests#whoWaitsLearnsOfATerminationWhoseCallerIsInterrupted"),
				of("a parent is not notified of the completion of its child",
						without("lifecycle.RunCompleter", "notices", "add"),
						"ChildTests#aWorkflowThatIsCalledInARunIsAChildWithAnIdMadeOfItsPlace"),
				of("waiters get the result of another run",
						instead("lifecycle.ResultWaiters", "take", "valueOf", "oneForAll", long.class),
						"interleaving.RunFaultTests#aReplacingRunHasItsOwnResultAlthoughItsPredecessorsEndIsStillBeingReported"));
	}

	private static List<EngineFault> messages() {
		return List.of(of("what a failed run has not read is removed",
				without("lifecycle.RunCompleter", "left", "isRetryable"),
				"interleaving.RunFaultTests#aSignalThatAFailedRunHasNotReadIsThereWhenItIsRetriedAlthoughItHadAnOpenChild",
				"interleaving.RunFaultTests#aSignalThatAFailedRunHasNotReadIsThereWhenItIsRetriedAfterARestart"),
				of("a retried run keeps the id of a message that it is to get anew",
						empty("control.RunRetry", "isCompletedAnew"),
						"interleaving.RunFaultTests#aCallbackThatWasFailedCanBeCompletedAfterARetry"),
				of("a repeated message is not recognized", without("run.MessageDelivery", "isKnown", "knowsMessage"),
						"MessageTests#aRepeatedMessageIdIsOneSignal"),
				of("a message is acknowledged that comes after the end",
						constant("run.MessageDelivery", "takesMessage", true),
						"MessageTests#aSignalToAnEndedOrUnknownRunIsRefused", "cell IN_STEP/RUN_END/BEFORE/SIGNAL"),
				of("a message is acknowledged before it is durable",
						without("run.MessageDelivery", "sendOnce", "await"), "cell ON_SIGNAL/SIGNAL/BEFORE/CRASH"),
				of("a run is not woken by its message", without("run.MessageDelivery", "sendOnce", "wake"),
						"MessageTests#aSignalReachesTheRunThatWaitsForIt"),
				of("a request to an ended run is left in its inbox",
						without("run.MessageDelivery", "isApplied", "commit"),
						"interleaving.EndedMeanwhileTests#aRequestThatIsDurableJustAsItsRunEndsIsNotLeftInTheInbox"),
				of("a new subscriber is not notified that a run has just ended",
						constant("run.MessageDelivery", "isApplied", true),
						"ChildIdTests#aChildThatEndsWhileItsParentComesToWatchItIsSeenAndKeepsNoRequest"));
	}

	private static List<EngineFault> removals() {
		return List.of(
				of("a run is swept that was retried meanwhile",
						instead("control.RetentionSweep", "remove", "equals", "same", Object.class, Object.class),
						"OperatorTests#aRunThatIsRetriedJustAsItExpiresIsNotSwept", "cell FAILED/RETRY/BEFORE/SWEEP"),
				of("two starts decide about one id at the same time",
						instead("lifecycle.RunStarter", "start", "whileClaimed", "unclaimed", Object.class,
								String.class, Supplier.class),
						"StartTests#manyStartsWithOneIdMakeOneRunAndOneResult",
						"cell REMOVED/START_FAIL/BEFORE/START_FAIL"),
				of("a retry is acknowledged before it is durable", without("control.RunRetry", "revive", "await"),
						"cell FAILED/RETRY/BEFORE/CRASH"),
				of("a retried run is not expected", without("control.RunRetry", "revive", "expectPending"),
						"OperatorTests#aFailedRunGoesOnFromTheStepThatFailed"));
	}

	private static List<EngineFault> supervision() {
		return List.of(
				of("the failure of the engine is not reported",
						without("supervision.Supervision", "fail", "compareAndSet"), "SupervisionTests#atTheCommit"),
				of("the committer dies unseen", empty("partition.Committer", "end"), "SupervisionTests#atTheCommit"),
				of("a task that throws is not reported", without("supervision.Supervision", "guarded", "report"),
						"SupervisionTests#whereFinishedRunsAreRemoved",
						"SupervisionTests#whereATaskOfTheSchedulerIsCalled",
						"supervision.VitalExecutorTests#aTaskThatThrowsFailsTheEngineAndNothingFollowsIt"),
				of("a run that is lost is not reported", empty("lifecycle.RunDriver", "reportLost"),
						"SupervisionTests#whereTheEngineDrivesARun"),
				of("one run that cannot be loaded fails the engine",
						failing("lifecycle.StoredRuns", "pause", IllegalStateException.class),
						"BadInputTests#anEntryThatCannotBeReadPausesTheRun"),
				of("an engine that does not start keeps its store", without("KraftEngine", "giveUpStart", "closing"),
						"FailedStartTests#theNextStartInTheSameProcessFindsTheStoreFree"),
				of("a run inherits what its caller's thread holds",
						instead("supervision.EngineThreads", "virtual", "inheritInheritableThreadLocals", "inheriting",
								Thread.Builder.OfVirtual.class, boolean.class),
						"InheritanceTests#nothingOfTheCallerIsSeenByTheRunItsBranchesAndItsSteps"),
				of("a run has the class loader of its caller",
						without("supervision.EngineThreads", "prepared", "setContextClassLoader"),
						"InheritanceTests#nothingOfTheCallerIsSeenByTheRunItsBranchesAndItsSteps"),
				of("an exception whose methods throw is not recorded",
						failing("journal.failure.FailureRecorder", "messageOf", IllegalStateException.class),
						"journal.failure.FailuresTests#anExceptionWhoseMethodsThrowIsRecorded",
						"HostileExceptionTests#aStepThatHasFailedIsNotEnteredAgainAfterACrash"));
	}

	private static List<EngineFault> limits() {
		return List.of(
				of("a workflow's limit is not kept", constant("admission.ConcurrencyLimit", "arePlaces", true),
						"AdmissionTests#noMoreRunsOfAWorkflowBeginThanItsLimitAlsoAcrossARestart"),
				of("a place is not given back", empty("admission.ConcurrencyLimit", "end"),
						"AdmissionTests#noMoreRunsOfAWorkflowBeginThanItsLimitAlsoAcrossARestart",
						"AdmissionTests#aRunThatLeavesTheQueueBeforeItsTurnTakesNoPlaceOfItsWorkflow"),
				of("a place that was kept counts for good",
						unwritten("admission.ConcurrencyLimit", "giveBack", "reserved"),
						"AdmissionTests#noMoreRunsOfAWorkflowBeginThanItsLimitAlsoAcrossARestart",
						"AdmissionTests#ofRunsThatWaitForTheirTurnTheHigherPriorityGoesFirst"),
				of("a resumed run pauses all the same", without("control.RunControl", "resume", "markResumed"),
						"PauseTests#aRunThatIsPausedAndResumedWhileItIsInAStepGoesOnBehindIt"),
				of("a paused run is resumed in the row only", without("control.RunControl", "goOn", "expectPending"),
						"OperatorTests#aPausedRunStaysPausedAcrossRestartsUntilItIsResumed"));
	}

}

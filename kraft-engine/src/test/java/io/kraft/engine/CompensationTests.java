package io.kraft.engine;

import java.io.IOException;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import io.kraft.client.OperationView;
import io.kraft.client.StartOptions;
import io.kraft.client.WorkflowHandle;
import io.kraft.client.WorkflowStatus;
import io.kraft.engine.definition.Compensation;
import io.kraft.engine.definition.MethodSignature;
import io.kraft.engine.definition.RetryPolicy;
import io.kraft.engine.definition.StepDefinition;
import io.kraft.engine.testing.ProxiedWorkflow;
import io.kraft.engine.testing.TestEngine;
import io.kraft.workflow.DurableFuture;
import io.kraft.workflow.StepContext;
import io.kraft.workflow.TypeRef;
import io.kraft.workflow.WorkflowCancelledException;
import io.kraft.workflow.WorkflowContext;
import io.kraft.workflow.WorkflowFailedException;
import io.kraft.workflow.WorkflowTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

/**
 * What is undone when a run fails, with waiting runs kept in memory and unloaded.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
@ParameterizedClass(name = "{0} waiting runs in memory")
@ValueSource(ints = { 0, 10_000 })
class CompensationTests {

	private final TestEngine engine = new TestEngine();

	private final WorkflowContext workflow = WorkflowContext.ofCallingRun();

	CompensationTests(int parked) {
		this.engine.with((builder) -> builder.maxParkedWorkflows(parked));
	}

	@AfterEach
	void close() {
		this.engine.close();
	}

	private final List<String> undone = Collections.synchronizedList(new ArrayList<>());

	private Cancellation cancellation = this.undone::add;

	@Test
	void whatWasDoneIsUndoneTheLastFirstWhenTheRunFails() {
		this.engine.workflow("saga", String.class, (argument) -> {
			book("car");
			this.workflow.onFailure("mail", () -> this.engine.step("send", String.class, () -> {
				this.undone.add("mail");
				return "sent";
			}));
			book("flight");
			this.workflow.sleep(Duration.ofHours(1));
			throw new IllegalStateException("no hotel");
		}).start();
		WorkflowHandle<?> run = this.engine.run("saga", "s", "x");

		assertThatExceptionOfType(WorkflowFailedException.class).isThrownBy(() -> this.engine.finish(run))
			.havingCause()
			.withMessage("no hotel");
		assertThat(this.undone).containsExactly("flight-1", "mail", "car-1");
	}

	@Test
	void nothingIsUndoneOfARunThatSucceedsOrCatchesItsFailure() {
		this.engine.workflow("saga", String.class, (argument) -> {
			book("car");
			this.workflow.onFailure("mail", () -> this.undone.add("mail"));
			try {
				fail("hotel");
			}
			catch (IllegalStateException ex) {
				return "without " + ex.getMessage();
			}
			return "with hotel";
		}).start();

		assertThat(this.engine.run("saga", "s", "x").result()).isEqualTo("without no hotel");
		assertThat(this.undone).isEmpty();
	}

	@Test
	void aStepThatFailedIsNotUndone() {
		this.engine.workflow("saga", String.class, (argument) -> {
			book("car");
			this.engine.step(booking(RetryPolicy.none()), () -> {
				throw new IllegalStateException("no hotel");
			}, "hotel");
			return "done";
		}).start();

		failureOf(this.engine.run("saga", "s", "x"));

		assertThat(this.undone).containsExactly("car-1");
	}

	@Test
	void aCancelledRunIsUndoneAndASecondCancellationDoesNotDisturb() {
		this.engine.workflow("saga", String.class, (argument) -> {
			book("car");
			this.workflow.onFailure("slow", () -> {
				this.undone.add("before");
				this.workflow.sleep(Duration.ofHours(1));
				this.undone.add("after");
			});
			return this.workflow.awaitSignal("never", String.class);
		}).start();
		WorkflowHandle<?> run = this.engine.run("saga", "s", "x");
		awaitSuspended(run);
		run.cancel();
		await().until(() -> this.undone.contains("before"));
		awaitSuspended(run);

		run.cancel();

		assertThat(failureOf(run)).isInstanceOf(WorkflowCancelledException.class);
		assertThat(run.status()).isEqualTo(WorkflowStatus.CANCELLED);
		assertThat(this.undone).endsWith("before", "after", "car-1");
	}

	@Test
	void aCancellationDuringTheUndoingLeavesTheRunFailed() {
		this.engine.workflow("saga", String.class, (argument) -> {
			book("car");
			this.workflow.onFailure("slow", () -> this.workflow.sleep(Duration.ofHours(1)));
			throw new IllegalStateException("no hotel");
		}).start();
		WorkflowHandle<?> run = this.engine.run("saga", "s", "x");
		awaitSuspended(run);
		run.cancel();
		this.engine.crashAndStart();
		WorkflowHandle<?> again = this.engine.client().handle("s");

		assertThat(failureOf(again)).isInstanceOf(WorkflowFailedException.class).hasRootCauseMessage("no hotel");
		assertThat(again.status()).isEqualTo(WorkflowStatus.FAILED);
		assertThat(this.undone).containsExactly("car-1");
	}

	@Test
	void aRunWhoseTimeIsOverIsUndone() {
		this.engine.workflow("saga", String.class, (argument) -> {
			book("car");
			return this.workflow.awaitSignal("never", String.class);
		}).start();
		WorkflowHandle<?> run = this.engine.client()
			.start("saga", StartOptions.defaults().id("s").timeout(Duration.ofHours(1)), "x");

		awaitSuspended(run);

		assertThat(failureOf(run)).isInstanceOf(WorkflowTimeoutException.class);
		assertThat(this.undone).containsExactly("car-1");
	}

	@Test
	void aTerminatedRunIsNotUndone() {
		this.engine.workflow("saga", String.class, (argument) -> {
			book("car");
			return this.workflow.awaitSignal("never", String.class);
		}).start();
		WorkflowHandle<?> run = this.engine.run("saga", "s", "x");
		awaitSuspended(run);

		this.engine.client().terminate("s");

		assertThat(run.status()).isEqualTo(WorkflowStatus.TERMINATED);
		assertThat(this.undone).isEmpty();
	}

	@Test
	void aCompensationIsRetriedAndOneThatFailsForGoodDoesNotStopTheOthers() {
		List<String> attempts = Collections.synchronizedList(new ArrayList<>());
		this.cancellation = (booking) -> {
			StepContext step = StepContext.current();
			attempts.add(booking + " " + step.stepName() + " " + step.attempt());
			if (booking.equals("flight-1") || step.attempt() < 3) {
				throw new IOException(booking + " stays");
			}
		};
		this.engine.workflow("saga", String.class, (argument) -> {
			book("car");
			book("flight");
			this.workflow.onFailure("mail", () -> {
				throw new IllegalArgumentException("no address");
			});
			throw new IllegalStateException("no hotel");
		}).start();

		Throwable failure = failureOf(this.engine.run("saga", "s", "x"));

		assertThat(failure.getCause()).hasMessage("no hotel");
		assertThat(failure.getCause().getSuppressed()).extracting(Throwable::toString)
			.containsExactly("java.lang.IllegalArgumentException: no address", "java.io.IOException: flight-1 stays");
		assertThat(attempts).containsExactly("flight-1 cancel 1", "flight-1 cancel 2", "flight-1 cancel 3",
				"car-1 cancel 1", "car-1 cancel 2", "car-1 cancel 3");
		assertThat(this.engine.client().operations("s")).filteredOn((view) -> view.position().startsWith("4"))
			.extracting((view) -> view.position() + " " + view.kind() + " " + view.name() + " " + view.attempts())
			.containsExactly("4 undo  0", "4.1 undo mail 0", "4.2 step cancel 3", "4.3 step cancel 3");
	}

	@Test
	void ofACancelledRunWhatCouldNotBeUndoneIsSuppressedInItsCancellation() {
		this.engine.workflow("saga", String.class, (argument) -> {
			this.workflow.onFailure("mail", () -> {
				throw new IllegalArgumentException("no address");
			});
			return this.workflow.awaitSignal("never", String.class);
		}).start();
		WorkflowHandle<?> run = this.engine.run("saga", "s", "x");
		awaitSuspended(run);

		run.cancel();

		assertThat(failureOf(run)).isInstanceOf(WorkflowCancelledException.class)
			.satisfies((failure) -> assertThat(failure.getSuppressed()).hasSize(1));
	}

	@Test
	void branchesAreUndoneInTheOrderOfTheirStepsThroughACrash() {
		this.engine.workflow("saga", String.class, (argument) -> {
			DurableFuture<String> late = this.workflow.async(() -> {
				this.workflow.sleep(Duration.ofMinutes(20));
				return book("late");
			});
			DurableFuture<String> early = this.workflow.async(() -> {
				this.workflow.sleep(Duration.ofMinutes(10));
				return book("early");
			});
			book("first");
			late.await();
			early.await();
			this.workflow.onFailure("last", () -> this.undone.add("last"));
			this.workflow.sleep(Duration.ofDays(1));
			throw new IllegalStateException("no hotel");
		}).start();
		WorkflowHandle<?> run = this.engine.run("saga", "s", "x");
		await().until(() -> {
			this.engine.time().advance(Duration.ofMinutes(1));
			return this.engine.client().operations("s").stream().anyMatch((view) -> view.name().equals("last"));
		});
		this.engine.crashAndStart();

		failureOf(this.engine.client().handle(run.id()));

		assertThat(this.undone).containsExactly("last", "late-1", "early-1", "first-1");
	}

	@Test
	void whatTheSiblingsOfAFailedBranchHaveDoneIsUndone() {
		this.engine.workflow("saga", String.class, (argument) -> {
			this.workflow.parallel(List.of(() -> book("car"), () -> {
				this.workflow.sleep(Duration.ofMinutes(10));
				return book("flight");
			}, () -> {
				this.workflow.sleep(Duration.ofMinutes(20));
				return fail("hotel");
			}));
			return "done";
		}).start();

		failureOf(this.engine.run("saga", "s", "x"));

		assertThat(this.undone).containsExactly("flight-1", "car-1");
	}

	@Test
	void aCompensationGetsTheArgumentsAsTheyWereAtTheCall() {
		this.engine.workflow("saga", String.class, this::changesItsArgument).start();

		failureOf(this.engine.run("saga", "s", "x"));

		assertThat(this.undone).containsExactly("[car]");
	}

	@Test
	void whereArgumentsAreNotRecordedACompensationGetsThemAsTheyWereAtTheCallToo() {
		this.engine.with((builder) -> builder.recordArguments(false))
			.workflow("saga", String.class, this::changesItsArgument)
			.start();

		failureOf(this.engine.run("saga", "s", "x"));

		assertThat(this.undone).containsExactly("[car]");
	}

	private String changesItsArgument(String argument) {
		List<String> items = new ArrayList<>(List.of("car"));
		Type type = new TypeRef<List<String>>() {
		}.type();
		StepDefinition cancel = StepDefinition.of("cancel", MethodSignature.of(void.class, type),
				RetryPolicy.defaults());
		StepDefinition book = StepDefinition.of("book", MethodSignature.of(void.class, type), RetryPolicy.defaults())
			.withCompensation(
					new Compensation(cancel, (arguments, result) -> new Object[] { arguments[0] }, (arguments) -> {
						this.undone.add(String.valueOf(arguments[0]));
						return null;
					}));
		this.engine.step(book, () -> {
			items.add("by the step");
			return null;
		}, items);
		items.add("by the workflow");
		this.workflow.sleep(Duration.ofHours(1));
		throw new IllegalStateException("no hotel");
	}

	@Test
	void codeThatUndoesMayUseStepsTimersBranchesAndChildren() {
		ProxiedWorkflow child = ProxiedWorkflow.define(this.engine, "child",
				MethodSignature.of(String.class, String.class), (arguments) -> {
					this.workflow.sleep(Duration.ofHours(1));
					return arguments[0] + "!";
				});
		this.engine.workflow("saga", String.class, (argument) -> {
			this.workflow.onFailure("everything", () -> {
				this.workflow.sleep(Duration.ofHours(1));
				List<String> parts = this.workflow.parallel(List.of(() -> child.<String>call("a"),
						() -> this.engine.step("send", String.class, () -> "sent")));
				this.undone.add(parts + " " + child.<String>call("b"));
			});
			return this.workflow.awaitSignal("never", String.class);
		}).start();
		WorkflowHandle<?> run = this.engine.run("saga", "s", "x");
		awaitSuspended(run);

		run.cancel();

		assertThat(failureOf(run)).isInstanceOf(WorkflowCancelledException.class);
		assertThat(this.undone).last().isEqualTo("[a!, sent] b!");
	}

	@Test
	void aBranchThatIsOpenedWhileUndoingEndsBeforeTheRun() {
		this.engine.workflow("saga", String.class, (argument) -> {
			this.workflow.onFailure("async", () -> this.workflow.async(() -> {
				try {
					this.workflow.sleep(Duration.ofHours(1));
				}
				finally {
					// Once more for each time the run was unloaded.
					this.undone.add("over");
				}
			}));
			throw new IllegalStateException("no hotel");
		}).start();

		failureOf(this.engine.run("saga", "s", "x"));

		assertThat(this.undone).contains("over");
		assertThat(this.engine.client().operations("s")).extracting(OperationView::kind).contains("timer");
	}

	private void awaitSuspended(WorkflowHandle<?> run) {
		await().until(() -> run.status() == WorkflowStatus.SUSPENDED);
	}

	private Throwable failureOf(WorkflowHandle<?> run) {
		return catchThrowable(() -> this.engine.finish(run));
	}

	private static String fail(String what) {
		throw new IllegalStateException("no " + what);
	}

	private String book(String what) {
		return this.engine.step(booking(RetryPolicy.defaults()), () -> what + "-1", what);
	}

	private StepDefinition booking(RetryPolicy retry) {
		StepDefinition cancel = StepDefinition.of("cancel", MethodSignature.of(void.class, String.class, String.class),
				RetryPolicy.defaults().withMaxAttempts(3));
		return StepDefinition.of("book", MethodSignature.of(String.class, String.class), retry)
			.withCompensation(new Compensation(cancel, (arguments, result) -> new Object[] { arguments[0], result },
					(arguments) -> {
						this.cancellation.cancel(String.valueOf(arguments[1]));
						return null;
					}));
	}

	/**
	 * Cancels a booking.
	 */
	private interface Cancellation {

		void cancel(String booking) throws Exception;

	}

}

package io.kraft.test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import io.kraft.client.StartOptions;
import io.kraft.engine.KraftEngine;
import io.kraft.engine.definition.MethodSignature;
import io.kraft.engine.definition.NamedStep;
import io.kraft.engine.definition.RetryPolicy;
import io.kraft.engine.definition.StepDefinition;
import io.kraft.engine.definition.WorkflowDefinition;
import io.kraft.engine.store.memory.MemoryMedium;
import io.kraft.test.replay.ReplayResult;
import io.kraft.workflow.DurableFuture;
import io.kraft.workflow.NonRetryableStepException;
import io.kraft.workflow.WorkflowContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Journals are exported from one engine, and replayed with the code of another.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ReplayerTests {

	private final WorkflowContext workflow = WorkflowContext.ofCallingRun();

	private final List<String> bodies = new CopyOnWriteArrayList<>();

	@RegisterExtension
	final KraftEngineExtension kraft = new KraftEngineExtension()
		.step("charge", String.class, String.class, (order) -> enter("charge"))
		.step("ship", String.class, String.class, (order) -> enter("ship"))
		.step("decline", String.class, String.class, (order) -> {
			throw new NonRetryableStepException("no money");
		})
		.workflow("order", String.class, String.class, this::chargeSleepShip)
		.workflow("failing", String.class, String.class, (order) -> this.workflow.call("decline", String.class, order))
		.workflow("branches", String.class, String.class, this::branches)
		.workflow("waiting", String.class, String.class, (order) -> this.workflow.awaitSignal("go", String.class));

	@Test
	void aRunThatHasEndedReplaysToItsEndWithoutEnteringAStep() {
		String journal = recorded("order", Duration.ofDays(1));
		this.bodies.clear();

		ReplayResult result = this.kraft.replayer().replay(journal);

		assertThat(result).isInstanceOf(ReplayResult.Ended.class).hasToString("run 'order' replays to its end");
		assertThat(this.bodies).isEmpty();
	}

	@Test
	void aRunThatHasFailedReplaysToItsFailure() {
		assertThat(this.kraft.replayer().replay(recorded("failing", Duration.ZERO)))
			.isInstanceOf(ReplayResult.Ended.class);
	}

	@Test
	void aRunThatSleepsReplaysToWhereItStands() {
		assertThat(this.kraft.replayer().replay(recorded("order", Duration.ZERO)))
			.hasToString("run 'order' replays to where it stood: it waits for timer, due 2026-01-02T00:00:00Z");
		assertThat(this.kraft.replayer().replay(recorded("waiting", Duration.ZERO)))
			.hasToString("run 'waiting' replays to where it stood: signal 'go' at position 1 is next");
	}

	@Test
	void codeThatGoesFurtherStaysWhereTheJournalEnds() {
		String journal = recorded("order", Duration.ZERO);
		int slept = journal.indexOf("    {\n      \"entry\" : \"timer-set\"");
		String cut = journal.substring(0, journal.lastIndexOf(',', slept)) + "\n  ]\n}\n";
		this.bodies.clear();

		assertThat(this.kraft.replayer().replay(cut))
			.hasToString("run 'order' replays to where it stood: a timer at position 2 is next");
		assertThat(this.bodies).isEmpty();
	}

	@Test
	void branchesReplayEachToItsPlace() {
		String journal = recorded("branches", Duration.ofHours(1));
		this.bodies.clear();

		assertThat(this.kraft.replayer().replay(journal)).isInstanceOf(ReplayResult.Standing.class);
		assertThat(this.bodies).isEmpty();
	}

	@Test
	void anotherStepIsTheFirstDifference() {
		String journal = recorded("order", Duration.ofDays(1));

		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> changed((order) -> {
			this.workflow.call("ship", String.class, order);
			return "x";
		}).replay(journal))
			.withMessageContaining("run 'order' (order, version 1) does not replay")
			.withMessageContaining(
					"position 1 holds step 'charge', but the code asked for step 'ship'. Was its code changed");
	}

	@Test
	void aStepThatIsMissingAtTheEndIsADifference() {
		String journal = recorded("order", Duration.ofDays(1));

		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> changed((order) -> this.workflow.call("charge", String.class, order)).replay(journal))
			.withMessageContaining("its code ended, but position 2 holds a timer");
	}

	@Test
	void aStepThatIsAddedAtTheEndIsADifference() {
		String journal = recorded("order", Duration.ofDays(1));
		this.bodies.clear();

		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> changed((order) -> {
			chargeSleepShip(order);
			return this.workflow.call("charge", String.class, order);
		}).replay(journal))
			.withMessageContaining(
					"the recorded run ended with \"charge, ship\", but the code asks for step 'charge' at position 4");
		assertThat(this.bodies).isEmpty();
	}

	@Test
	void anotherResultIsADifference() {
		String journal = recorded("order", Duration.ofDays(1));

		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> changed((order) -> chargeSleepShip(order) + "!").replay(journal))
			.withMessageContaining("ended with \"charge, ship\", but the code now ends with \"charge, ship!\"");
	}

	@Test
	void aWorkflowThatIsGoneIsADifference() {
		String journal = recorded("order", Duration.ZERO).replace("\"workflow\" : \"order\"",
				"\"workflow\" : \"gone\"");

		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> this.kraft.replayer().replay(journal))
			.withMessageContaining("'gone'")
			.withMessageContaining("Known are");
	}

	@Test
	void aDirectoryOfJournalsIsReplayedAsAWhole(@TempDir Path directory) throws IOException {
		Files.writeString(directory.resolve("order.json"), recorded("order", Duration.ofDays(1)));
		Files.createDirectory(directory.resolve("more"));
		Files.writeString(directory.resolve("more/waiting.json"), recorded("waiting", Duration.ZERO));

		assertThat(this.kraft.replayer().replayAll(directory)).hasSize(2);
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> changed((order) -> "x").replayAll(directory))
			.withMessageContaining("2 of 2 recorded journals do not replay")
			.withMessageContaining("order.json: run 'order'");
	}

	@Test
	void whatIsNoJournalIsRefused(@TempDir Path directory) throws IOException {
		assertThatIllegalArgumentException().isThrownBy(() -> this.kraft.replayer().replayAll(directory))
			.withMessageContaining("no recorded journal");

		Files.writeString(directory.resolve("other.json"), "{\"format\": \"kraft-journal/9\"}");
		assertThatIllegalArgumentException().isThrownBy(() -> this.kraft.replayer().replayAll(directory))
			.withMessageContaining("other.json")
			.withMessageContaining("kraft-journal/9");
	}

	private String recorded(String workflow, Duration time) {
		this.kraft.client().start(workflow, StartOptions.defaults().id(workflow), "x");
		this.kraft.environment().advance(time);
		return this.kraft.client().export(workflow);
	}

	/**
	 * The same application with another version of the code; its engine is never started.
	 */
	private WorkflowReplayer changed(KraftEngineExtension.Code<String, String> code) {
		WorkflowDefinition order = WorkflowDefinition.of("order", MethodSignature.of(String.class, String.class),
				(arguments) -> code.call((String) arguments[0]));
		return new WorkflowReplayer(KraftEngine.builder()
			.store(() -> new MemoryMedium().open())
			.workflows(List.of(order))
			.steps(List.of(step("charge"), step("ship")))
			.build());
	}

	private NamedStep step(String name) {
		StepDefinition step = StepDefinition.of(name, MethodSignature.of(String.class, String.class),
				RetryPolicy.defaults());
		return new NamedStep(step, "a test",
				(arguments) -> this.kraft.calls().step(step, arguments, (copies) -> enter(name)));
	}

	private String chargeSleepShip(String order) {
		String payment = this.workflow.call("charge", String.class, order);
		this.workflow.sleep(Duration.ofDays(1));
		return payment + ", " + this.workflow.call("ship", String.class, order);
	}

	private String branches(String order) {
		DurableFuture<String> slow = this.workflow.async(() -> chargeSleepShip(order));
		DurableFuture<String> waiting = this.workflow.async(() -> this.workflow.awaitSignal("go", String.class));
		this.workflow.call("charge", String.class, order);
		return DurableFuture.allOf(slow, waiting).await().toString();
	}

	private String enter(String name) {
		this.bodies.add(name);
		return name;
	}

}

package io.kraft.engine;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.kraft.client.IfExists;
import io.kraft.client.StartOptions;
import io.kraft.client.WorkflowHandle;
import io.kraft.client.WorkflowStatus;
import io.kraft.engine.definition.MethodSignature;
import io.kraft.engine.definition.ResultStyle;
import io.kraft.engine.store.Change;
import io.kraft.engine.store.Message;
import io.kraft.engine.store.Store;
import io.kraft.engine.testing.ForwardingStore;
import io.kraft.engine.testing.ProxiedWorkflow;
import io.kraft.engine.testing.TestEngine;
import io.kraft.workflow.KraftException;
import io.kraft.workflow.WorkflowCancelledException;
import io.kraft.workflow.WorkflowContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Children whose id is taken, with waiting runs kept in memory and unloaded.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
@ParameterizedClass(name = "{0} waiting runs in memory")
@ValueSource(ints = { 0, 10_000 })
class ChildIdTests {

	private final TestEngine engine = new TestEngine();

	private final WorkflowContext workflow = WorkflowContext.ofCallingRun();

	private final AtomicInteger executed = new AtomicInteger();

	private final int parked;

	ChildIdTests(int parked) {
		this.parked = parked;
		this.engine.with((builder) -> builder.maxParkedWorkflows(parked));
	}

	@AfterEach
	void close() {
		this.engine.close();
	}

	/** Its id is its argument. */
	private final ProxiedWorkflow named = ProxiedWorkflow.define(this.engine, "named",
			MethodSignature.of(String.class, String.class), ResultStyle.PLAIN,
			(arguments) -> String.valueOf(arguments[0]), (arguments) -> {
				this.workflow.sleep(Duration.ofHours(1));
				return arguments[0] + " " + this.engine.step("count", Integer.class, this.executed::incrementAndGet);
			});

	@Test
	void twoParentsShareTheChildWhoseIdBothChoose() {
		this.engine.workflow("parent", String.class, (argument) -> this.named.call("c")).start();
		WorkflowHandle<?> one = this.engine.run("parent", "p1", "x");
		awaitSuspended("p1");
		WorkflowHandle<?> other = this.engine.run("parent", "p2", "x");
		awaitSuspended("p2");

		assertThat(this.engine.finish(one)).isEqualTo("c 1");
		assertThat(this.engine.finish(other)).isEqualTo("c 1");
		assertThat(this.engine.client().find("c")).get().satisfies((run) -> assertThat(run.parentId()).contains("p1"));
		assertThat(this.engine.stores()).allSatisfy((store) -> assertThat(store.runsWithMessages(0, 10)).isEmpty());
	}

	@Test
	void aParentWatchesARunOfAClientThroughACrash() {
		this.engine.workflow("parent", String.class, (argument) -> this.named.call("c")).start();
		this.engine.run("named", "c", "c");
		this.engine.run("parent", "p", "x");
		awaitSuspended("p");

		this.engine.crashAndStart();

		assertThat(this.engine.finish(this.engine.client().handle("p"))).isEqualTo("c 1");
		assertThat(this.engine.client().find("c")).get().satisfies((run) -> assertThat(run.parentId()).isNull());
	}

	@Test
	void ofARunThatHasEndedTheParentGetsTheResult() {
		this.engine.workflow("parent", String.class, (argument) -> {
			String result = this.named.call("c");
			this.workflow.sleep(Duration.ofHours(1));
			return result;
		}).start();
		this.engine.finish(this.engine.run("named", "c", "c"));
		WorkflowHandle<?> run = this.engine.run("parent", "p", "x");
		awaitSuspended("p");
		this.engine.crashAndStart();

		assertThat(this.engine.finish(this.engine.client().handle(run.id()))).isEqualTo("c 1");
		assertThat(this.executed).hasValue(1);
	}

	@Test
	void aChildThatWasCancelledBeforeIsAFailureForItsNextParent() {
		this.engine.workflow("parent", String.class, (argument) -> {
			try {
				return this.named.call("c");
			}
			catch (WorkflowCancelledException ex) {
				return "cancelled";
			}
		}).start();
		this.engine.run("named", "c", "c");
		this.engine.client().cancel("c");

		assertThat(this.engine.run("parent", "p", "x").result()).isEqualTo("cancelled");
	}

	@Test
	void anIdOfAnotherWorkflowIsRefusedTheSameOnReplay() {
		this.engine.workflow("other", String.class, (argument) -> "other")
			.workflow("parent", String.class, (argument) -> refusal("o"))
			.start();
		this.engine.run("other", "o", "x").result();

		assertThat(this.engine.finish(this.engine.run("parent", "p", "x"))).isEqualTo("KRAFT-1008");
	}

	private String refusal(String id) throws Exception {
		String refused;
		try {
			refused = this.named.call(id);
		}
		catch (KraftException ex) {
			refused = ex.code();
		}
		this.workflow.sleep(Duration.ofHours(1));
		return refused;
	}

	@Test
	void neitherTheParentItselfNorARunThatWaitsForItIsItsChild() {
		ProxiedWorkflow nested = ProxiedWorkflow.define(this.engine, "named2",
				MethodSignature.of(String.class, String.class), ResultStyle.PLAIN,
				(arguments) -> String.valueOf(arguments[0]), (arguments) -> this.recurse((String) arguments[0]));
		this.nested = nested;
		this.engine.start();

		assertThat(this.engine.run("named2", "top", "top").result()).isEqualTo("top>middle>[KRAFT-1008, KRAFT-1008]");
	}

	private ProxiedWorkflow nested;

	private String recurse(String id) throws Exception {
		return id.equals("top") ? "top>" + this.nested.<String>call("middle")
				: "middle>[" + code("middle") + ", " + code("top") + "]";
	}

	private String code(String id) throws Exception {
		try {
			return this.nested.call(id);
		}
		catch (KraftException ex) {
			return ex.code();
		}
	}

	@Test
	void aRunThatReplacesAnotherHasChildrenOfItsOwn() {
		ProxiedWorkflow child = ProxiedWorkflow.define(this.engine, "child",
				MethodSignature.of(String.class, String.class), (arguments) -> arguments[0] + "!");
		this.engine.workflow("parent", String.class, (argument) -> child.call(argument)).start();
		assertThat(this.engine.run("parent", "p", "first").result()).isEqualTo("first!");

		WorkflowHandle<?> second = this.engine.client()
			.start("parent", StartOptions.defaults().id("p").ifExists(IfExists.REPLACE_IF_ENDED), "second");

		assertThat(second.result()).isEqualTo("second!");
		assertThat(this.engine.client().find("p.1~2")).isPresent();
	}

	@Test
	void aRunThatSomebodyHasGivenTheIdOfAPlaceIsNotTheChildThere() {
		ProxiedWorkflow child = ProxiedWorkflow.define(this.engine, "child",
				MethodSignature.of(String.class, String.class), (arguments) -> {
					this.workflow.sleep(Duration.ofHours(1));
					return arguments[0] + "!";
				});
		this.engine.workflow("parent", String.class, (argument) -> child.call(argument)).start();
		this.engine.run("child", "p.1", "foreign");

		assertThat(this.engine.finish(this.engine.run("parent", "p", "own"))).isEqualTo("own!");
	}

	@Test
	void aChildThatEndsWhileItsParentComesToWatchItIsSeenAndKeepsNoRequest() throws Exception {
		Gate gate = new Gate(Message.Kind.WATCH);
		this.engine.withStore(gate::before);
		this.engine.workflow("parent", String.class, (argument) -> this.named.call("c")).start();
		this.engine.run("named", "c", "c");
		awaitSuspended("c");
		WorkflowHandle<?> parent = this.engine.run("parent", "p", "x");
		gate.awaitCommit();

		this.engine.time().advance(Duration.ofHours(1));
		gate.open();

		assertThat(this.engine.finish(parent)).isEqualTo("c 1");
		assertThat(this.engine.stores()).allSatisfy((store) -> assertThat(store.runsWithMessages(0, 10)).isEmpty());
	}

	@Test
	void aRunThatEndsWhileItIsToBeCancelledKeepsNoRequest() throws Exception {
		Gate gate = new Gate(Message.Kind.CANCEL);
		CountDownLatch returning = new CountDownLatch(1);
		this.engine.withStore(gate::before);
		this.engine.workflow("quick", String.class, (argument) -> {
			this.workflow.sleep(Duration.ofHours(1));
			returning.countDown();
			return "done";
		}).start();
		WorkflowHandle<?> run = this.engine.run("quick", "q", "x");
		awaitSuspended("q");
		Thread canceller = Thread.ofVirtual().start(run::cancel);
		gate.awaitCommit();

		this.engine.time().advance(Duration.ofHours(1));
		if (this.parked > 0) {
			// One that is not in memory is loaded when the request is durable.
			returning.await();
		}
		gate.open();
		canceller.join();

		try {
			this.engine.finish(run);
		}
		catch (WorkflowCancelledException ex) {
			// Which of the two was first is left open.
		}
		await().untilAsserted(() -> assertThat(this.engine.stores())
			.allSatisfy((store) -> assertThat(store.runsWithMessages(0, 10)).isEmpty()));
	}

	@Test
	void aParentCannotWaitForItselfThroughAChildOfItsOwnId() {
		assertThatExceptionOfType(KraftException.class).isThrownBy(() -> {
			this.engine.workflow("parent", String.class, (argument) -> this.named.call("p")).start();
			this.engine.run("parent", "p", "x").result();
		}).havingCause().withMessageStartingWith("KRAFT-1008");
	}

	private void awaitSuspended(String id) {
		await().until(() -> this.engine.client().handle(id).status() == WorkflowStatus.SUSPENDED);
	}

	/**
	 * Holds back the first commit with a message of a kind.
	 */
	static final class Gate {

		private final Message.Kind kind;

		private final CountDownLatch reached = new CountDownLatch(1);

		private final CountDownLatch opened = new CountDownLatch(1);

		Gate(Message.Kind kind) {
			this.kind = kind;
		}

		void awaitCommit() throws InterruptedException {
			this.reached.await();
		}

		void open() {
			this.opened.countDown();
		}

		Store before(Store store) {
			return new ForwardingStore(store) {

				@Override
				public void commit(long epoch, java.util.List<Change> changes) {
					boolean isMeant = changes.stream()
						.anyMatch((change) -> change instanceof Change.MessageAdded(var message, var id)
								&& message.kind() == Gate.this.kind && !startsRun(changes));
					if (isMeant) {
						Gate.this.reached.countDown();
						try {
							Gate.this.opened.await();
						}
						catch (InterruptedException ex) {
							Thread.currentThread().interrupt();
						}
					}
					super.commit(epoch, changes);
				}

			};
		}

		private static boolean startsRun(java.util.List<Change> changes) {
			return changes.stream()
				.anyMatch((change) -> change instanceof Change.RunChanged changed && changed.before() == null);
		}

	}

}

package io.kraft.cluster.routing;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.ConcurrentModificationException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

import io.kraft.client.IfExists;
import io.kraft.client.QueueDescription;
import io.kraft.client.ScheduleDescription;
import io.kraft.client.WorkflowAlreadyExistsException;
import io.kraft.client.WorkflowStatus;
import io.kraft.cluster.transport.Address;
import io.kraft.engine.journal.JournalCodec;
import io.kraft.engine.journal.JournalEntry.TimerFired;
import io.kraft.engine.journal.Outcome;
import io.kraft.engine.journal.Payload;
import io.kraft.engine.journal.Position;
import io.kraft.engine.routing.Activity;
import io.kraft.engine.routing.Completion;
import io.kraft.engine.routing.CopiedHistory;
import io.kraft.engine.routing.RunControlAction;
import io.kraft.engine.routing.RunService;
import io.kraft.engine.routing.RunView;
import io.kraft.engine.routing.RunViews;
import io.kraft.engine.routing.StartCommand;
import io.kraft.engine.routing.StartedRun;
import io.kraft.engine.store.Message;
import io.kraft.engine.store.OutboxEntry;
import io.kraft.engine.store.OutboxRow;
import io.kraft.engine.store.Requester;
import io.kraft.engine.store.RunFilter;
import io.kraft.engine.store.RunRow;
import io.kraft.engine.store.StorageException;
import io.kraft.workflow.KraftException;
import io.kraft.workflow.WorkQueue;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What frames are made of, and what is refused.
 */
class RunWireTests {

	/** Of all samples: a change needs another version of frames. */
	private static final String GOLDEN = "b5cab2ea";

	private static final Instant AT = Instant.ofEpochMilli(1_700_000_000_123L);

	private static final Payload JSON = Payload.json("\"ü\"".getBytes(StandardCharsets.UTF_8));

	private static final Outcome VALUE = new Outcome.Success(JSON);

	private static final StartedRun RUN = new StartedRun("order-1", 7);

	private static final RunRow ROW = RunRow.pending(7, "order-1", "order", 2, Map.of("k", "v"), AT)
		.running(AT)
		.ended(WorkflowStatus.COMPLETED, null, AT, AT.plusSeconds(1));

	private static final RunView VIEW = new RunView(ROW,
			List.of(Activity.NONE, new Activity(Position.of(2, 1), "charge", 3, AT, AT, "retry"),
					new Activity(Position.ROOT, null, 0, null, null, null)));

	private static final StartCommand START = new StartCommand("order", 2, "step", null, JSON, "order-1", false,
			Duration.ofSeconds(5, 6), Duration.ofDays(1), -3, Map.of("k", "v"), IfExists.REPLACE_IF_ENDED,
			Map.of("t", "p"), new CopiedHistory(-9, null, List.of(new TimerFired(Position.of(1), AT))));

	private static final StartCommand LEAST = new StartCommand("order", 1, null, null, JSON, null, false, null,
			Duration.ZERO, 0, Map.of(), IfExists.FAIL, Map.of(), null);

	private static final Message MESSAGE = new Message(7, 9, Message.Kind.SIGNAL, "go", VALUE, AT);

	/** Arguments and answers of each method: all fields, and as few as there can be. */
	private static List<Sample<?, ?>> samples() {
		return List.of(new Sample<>(RunMethods.START, START, RUN), new Sample<>(RunMethods.START, LEAST, RUN),
				new Sample<>(RunMethods.SIGNAL, new RunArguments.Signal("a", "go", VALUE, "m"), Codec.Done.DONE),
				new Sample<>(RunMethods.SIGNAL, new RunArguments.Signal("a", "go", VALUE, null), Codec.Done.DONE),
				new Sample<>(RunMethods.COMPLETE, new RunArguments.Complete("token", VALUE), Codec.Done.DONE),
				new Sample<>(RunMethods.CONTROL, new RunArguments.Control("a", RunControlAction.RETRY),
						Codec.Done.DONE),
				new Sample<>(RunMethods.FAIL_RUN, new RunArguments.Named("a", "why"), Codec.Done.DONE),
				new Sample<>(RunMethods.DISCARD_MESSAGE, new RunArguments.Numbered(RUN, 9), Codec.Done.DONE),
				new Sample<>(RunMethods.REPLACE_MESSAGE, new RunArguments.Replace("a", 9, new Outcome.Success(JSON)),
						Codec.Done.DONE),
				new Sample<>(RunMethods.PAUSE_QUEUE, "mail", Codec.Done.DONE),
				new Sample<>(RunMethods.RECORD_QUEUE_RESUMED, "mail", Codec.Done.DONE),
				new Sample<>(RunMethods.RESUME_QUEUE, "mail", Codec.Done.DONE),
				new Sample<>(RunMethods.PAUSE_SCHEDULE, "daily", Codec.Done.DONE),
				new Sample<>(RunMethods.RESUME_SCHEDULE, "daily", Codec.Done.DONE),
				new Sample<>(RunMethods.TRIGGER_SCHEDULE, "daily", "daily@1"),
				new Sample<>(RunMethods.TAKE, new RunArguments.Take(3,
						List.of(new OutboxEntry(5,
								new OutboxRow.Signal("r", "a", new Requester("p", 1, "2"), "go", JSON, AT)))),
						5L),
				new Sample<>(RunMethods.AGAIN, new RunArguments.Again("a", "2.1"), START),
				new Sample<>(RunMethods.END, new RunArguments.End(RUN, 20_000),
						new EndPoll.Answer(RUN, Optional.of(new Completion(ROW, VALUE)))),
				new Sample<>(RunMethods.END, new RunArguments.End(RUN, 0), new EndPoll.Answer(RUN, Optional.empty())),
				new Sample<>(RunMethods.FIND, "a", Optional.of(VIEW)),
				new Sample<>(RunMethods.FIND, "a", Optional.empty()), new Sample<>(RunMethods.RUN, "a", VIEW),
				new Sample<>(RunMethods.RUNS,
						new RunArguments.Runs(new RunFilter("order",
								Set.of(WorkflowStatus.RUNNING, WorkflowStatus.DEAD), Map.of("k", "v"), AT, AT),
								Long.MAX_VALUE, 50),
						new RunViews(List.of(VIEW), 7)),
				new Sample<>(RunMethods.RUNS, new RunArguments.Runs(RunFilter.ALL, 1, 1), RunViews.NONE),
				new Sample<>(RunMethods.ENTRIES, new RunArguments.Entries(RUN, 1, 2, 3), List.of(new byte[] { 1, 2 })),
				new Sample<>(RunMethods.LAST_ENTRY, RUN, Optional.of(new byte[] { 1 })),
				new Sample<>(RunMethods.JOURNAL_LENGTH, RUN, 12),
				new Sample<>(RunMethods.MESSAGES, new RunArguments.Messages("a", 8),
						new RunArguments.MessagePage(List.of(new RunArguments.MessageHead(MESSAGE, true, 99)), false)),
				new Sample<>(RunMethods.MESSAGE, new RunArguments.Numbered(RUN, 9), Optional.of(MESSAGE)),
				new Sample<>(RunMethods.PUBLISHED, new RunArguments.Named("a", "k"), Optional.of(JSON)),
				new Sample<>(RunMethods.CALLBACK, "token", "2.1"),
				new Sample<>(RunMethods.QUEUES, Codec.Done.DONE,
						List.of(new QueueDescription(WorkQueue.named("q"), true, 1, 2, 3, 4),
								new QueueDescription(WorkQueue.named("q")
									.concurrency(1)
									.concurrencyPerNode(2)
									.rateLimit(3, Duration.ofSeconds(4))
									.retry(5, Duration.ZERO, Duration.ofSeconds(6))
									.retention(Duration.ofDays(7)), false, 0, 0, 0, 0))),
				new Sample<>(RunMethods.SCHEDULES, Codec.Done.DONE, List
					.of(new ScheduleDescription("s", "w", "every 1h", ZoneId.of("Europe/Berlin"), true, AT, null))));
	}

	@Test
	void eachMethodOfAPartitionHasItsFrame() {
		Set<String> local = Set.of("partition", "checkTakesWork", "journal");
		Set<String> methods = Stream.of(RunService.class.getMethods())
			.filter((method) -> Modifier.isAbstract(method.getModifiers()))
			.map(Method::getName)
			.filter((name) -> !local.contains(name))
			.collect(Collectors.toCollection(TreeSet::new));
		methods.add("take");

		assertThat(RunMethods.ALL).extracting(RunMethod::name).containsExactlyInAnyOrderElementsOf(methods);
		assertThat(RunMethods.ALL).extracting(RunMethod::code).doesNotHaveDuplicates().isSorted();
		assertThat(samples().stream().map((sample) -> sample.method.code()).collect(Collectors.toSet()))
			.containsExactlyInAnyOrderElementsOf(RunMethods.ALL.stream().map(RunMethod::code).toList());
	}

	@Test
	void whatIsWrittenIsRead() {
		assertThat(samples()).allSatisfy(Sample::check);
	}

	@Test
	void framesHaveTheSameBytesForEver() {
		HexFormat hex = HexFormat.of();
		assertThat(hex.formatHex(RunWire.request(RunMethods.SIGNAL, 3, "r-1", 2, Duration.ofSeconds(30),
				new RunArguments.Signal("order-1", "go", VALUE, null))))
			.isEqualTo("01020303722d3102b0ea01076f726465722d3102676f" + "08"
					+ hex.formatHex(JournalCodec.encodeOutcome(VALUE)) + "00");
		assertThat(hex.formatHex(RunWire.answer(RunMethods.START, new Answer.NotLeader<>(new Address("node-2", 7800)))))
			.isEqualTo("010301" + "0b" + hex.formatHex("node-2:7800".getBytes(StandardCharsets.UTF_8)));
		assertThat(hex.formatHex(RunWire.answer(RunMethods.START, new Answer.Value<>(RUN))))
			.isEqualTo("0101076f726465722d3107");
		assertThat(crcOfAll()).as("a changed frame is another version").isEqualTo(GOLDEN);
	}

	private static String crcOfAll() {
		CRC32C crc = new CRC32C();
		samples().forEach((sample) -> {
			crc.update(sample.request());
			crc.update(sample.answer());
		});
		return Long.toHexString(crc.getValue());
	}

	@Test
	void unknownVersionsMethodsKindsAndEnumsAreRefused() {
		byte[] request = RunWire.request(RunMethods.CONTROL, 0, "r", 1, Duration.ZERO,
				new RunArguments.Control("a", RunControlAction.DELETE));

		assertRefused(changed(request, 0, 2), "its version is 2, and this node knows 1 only");
		assertRefused(changed(request, 1, 99), "method 99 is not known here");
		assertRefused(changed(request, request.length - 1, 'X'), "DELETX");
		assertRefused(new byte[0], "it ends at byte 0");
		assertRefused(Arrays.copyOf(request, request.length + 1), "1 bytes follow");
		assertThatExceptionOfType(MalformedFrameException.class)
			.isThrownBy(() -> RunWire.answer(RunMethods.START, new byte[] { 1, 77 }))
			.withMessageContaining("answer 77");
	}

	@Test
	void aHugeLengthAllocatesNothing() {
		byte[] request = RunWire.request(RunMethods.FIND, 0, "r", 1, Duration.ZERO, "a");
		byte[] huge = Arrays.copyOf(request, request.length + 3);
		huge[request.length - 2] = (byte) 0xFF;
		huge[request.length - 1] = (byte) 0xFF;
		huge[request.length] = (byte) 0xFF;
		huge[request.length + 1] = (byte) 0xFF;
		huge[request.length + 2] = 7;

		assertRefused(huge, "more were expected");
	}

	private static byte[] changed(byte[] frame, int at, int value) {
		byte[] changed = frame.clone();
		changed[at] = (byte) value;
		return changed;
	}

	private static void assertRefused(byte[] frame, String why) {
		assertThatExceptionOfType(MalformedFrameException.class).isThrownBy(() -> RunWire.request(frame))
			.withMessageContaining(why);
	}

	@Test
	void cutAndChangedFramesAreReadOrRefusedAndNothingElse() {
		Random random = new Random(17);
		for (Sample<?, ?> sample : samples()) {
			byte[] request = sample.request();
			byte[] answer = sample.answer();
			for (int i = 0; i < request.length; i++) {
				int length = i;
				assertThatExceptionOfType(MalformedFrameException.class)
					.isThrownBy(() -> RunWire.request(Arrays.copyOf(request, length)));
			}
			for (int i = 0; i < 400; i++) {
				readOrRefuse(() -> RunWire.request(mutated(request, random)));
				readOrRefuse(() -> RunWire.answer(sample.method, mutated(answer, random)));
			}
		}
	}

	private static byte[] mutated(byte[] frame, Random random) {
		byte[] mutated = Arrays.copyOf(frame, Math.max(1, frame.length - random.nextInt(3)));
		for (int n = 1 + random.nextInt(3); n > 0; n--) {
			mutated[random.nextInt(mutated.length)] = (byte) random.nextInt();
		}
		return mutated;
	}

	private static void readOrRefuse(Runnable read) {
		try {
			read.run();
		}
		catch (MalformedFrameException ex) {
			assertThat(ex).hasMessageContaining("Nothing was done");
		}
	}

	@Test
	void exceptionsOfTheApiBecomeThemselvesAgain() {
		RuntimeException restored = transported(
				new WorkflowAlreadyExistsException("a run has it", null, "a", WorkflowStatus.RUNNING));

		assertThat(restored).isInstanceOfSatisfying(WorkflowAlreadyExistsException.class, (failure) -> {
			assertThat(failure.code()).isEqualTo("KRAFT-3002");
			assertThat(failure.runId()).isEqualTo("a");
			assertThat(failure.status()).isEqualTo(WorkflowStatus.RUNNING);
			assertThat(failure).hasMessageContaining("a run has it");
		});
		assertThat(transported(new IllegalArgumentException("limit"))).isInstanceOf(IllegalArgumentException.class)
			.hasMessage("limit");
	}

	@Test
	void otherExceptionsKeepTheirCodeAndNoCodeOfTheirClassRuns() {
		RuntimeException store = transported(new StorageException(StorageException.DAMAGED, "a page", null));
		RuntimeException foreign = transported(new ConcurrentModificationException("moved"));

		assertThat(store).isInstanceOf(RemoteFailureException.class).hasMessageContaining("StorageException");
		assertThat(((KraftException) store).code()).isEqualTo(StorageException.DAMAGED);
		assertThat(foreign).isInstanceOf(RemoteFailureException.class)
			.hasMessageContaining("ConcurrentModificationException: moved");
	}

	private static RuntimeException transported(RuntimeException failure) {
		byte[] frame = RunWire.answer(RunMethods.START, new Answer.Failed<>(failure));
		return ((Answer.Failed<StartedRun>) RunWire.answer(RunMethods.START, frame)).failure();
	}

	/**
	 * A call and its answer.
	 */
	private record Sample<A, R>(RunMethod<A, R> method, A arguments, R result) {

		byte[] request() {
			return RunWire.request(this.method, 3, "id", 2, Duration.ofSeconds(9), this.arguments);
		}

		byte[] answer() {
			return RunWire.answer(this.method, new Answer.Value<>(this.result));
		}

		void check() {
			RunWire.Request<?, ?> read = RunWire.request(request());
			assertThat(read.method()).isEqualTo(this.method);
			assertThat(read.partition()).isEqualTo(3);
			assertThat(read.id()).isEqualTo("id");
			assertThat(read.attempt()).isEqualTo(2);
			assertThat(read.remaining()).isEqualTo(Duration.ofSeconds(9));
			assertThat(read.arguments()).usingRecursiveComparison().isEqualTo(this.arguments);
			assertThat(RunWire.answer(this.method, answer())).usingRecursiveComparison()
				.isEqualTo(new Answer.Value<>(this.result));
		}

	}

}

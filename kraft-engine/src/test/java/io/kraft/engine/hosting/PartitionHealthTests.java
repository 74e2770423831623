package io.kraft.engine.hosting;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

import io.kraft.client.WorkflowHandle;
import io.kraft.engine.EngineHealth;
import io.kraft.engine.PartitionHealth;
import io.kraft.engine.definition.MethodSignature;
import io.kraft.engine.definition.ResultStyle;
import io.kraft.engine.routing.PartitionMap;
import io.kraft.engine.store.ChannelMark;
import io.kraft.engine.store.Channels;
import io.kraft.engine.store.OutboxEntry;
import io.kraft.engine.store.Store;
import io.kraft.engine.testing.ForwardingStore;
import io.kraft.engine.testing.ProxiedWorkflow;
import io.kraft.engine.testing.TestEngine;
import io.kraft.workflow.KraftException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * What is known of partitions that fail, and of what waits between them.
 */
class PartitionHealthTests {

	private static final int PARTITIONS = 3;

	private final PartitionMap map = new PartitionMap(PARTITIONS);

	private final AtomicBoolean forgetsWhatIsTaken = new AtomicBoolean();

	private final TestEngine engine = new TestEngine().partitions(PARTITIONS).withStore(Forgetful::new);

	private final ProxiedWorkflow child = ProxiedWorkflow.define(this.engine, "child",
			MethodSignature.of(String.class, String.class), ResultStyle.PLAIN,
			(arguments) -> String.valueOf(arguments[0]), (arguments) -> "done");

	@AfterEach
	void close() {
		this.engine.close();
	}

	@Test
	void onePartitionThatHasFailedIsNamedWhileTheEngineRuns() {
		start();
		assertThat(this.engine.engine().failedPartitions()).isEmpty();

		fail(2);

		assertThat(this.engine.engine().health().state()).isEqualTo(EngineHealth.State.RUNNING);
		assertThat(this.engine.engine().failedPartitions()).containsOnlyKeys(2);
		assertThat(partition(2).cause()).get().extracting(KraftException::code).isEqualTo("KRAFT-4001");
		assertThat(partition(1).cause()).isEmpty();
		assertThat(this.engine.engine().partitionCount()).isEqualTo(PARTITIONS);
	}

	@Test
	void whatWaitsForAPartitionThatHasFailedIsCountedWithItsAge() {
		start();
		fail(2);

		this.engine.run("parent", idIn(0), idIn(2));
		await().until(() -> partition(0).waitingRows() == 1);
		this.engine.time().advance(Duration.ofMinutes(3));

		PartitionHealth.Outbox outbox = partition(0).outbox().getFirst();
		assertThat(outbox.target()).isEqualTo(2);
		assertThat(outbox.age()).isEqualTo(Duration.ofMinutes(3));
		assertThat(outbox.alarm()).isEmpty();
		assertThat(partition(0).oldestRowAge()).isEqualTo(Duration.ofMinutes(3));

		this.engine.crashAndStart();
		assertThat(this.engine.client().handle(idIn(0)).result()).isEqualTo("done");
		this.engine.awaitQuiet();
		assertThat(partition(0).outbox()).isEmpty();
	}

	@Test
	void aChannelThatStandsStillIsNamedWithItsAlarmUntilItMovesAgain() {
		start();
		this.engine.finish(this.engine.run("parent", idIn(0), idIn(2)));
		this.engine.awaitQuiet();
		this.forgetsWhatIsTaken.set(true);
		WorkflowHandle<?> parent = this.engine.run("parent", idIn(0, "next"), idIn(2, "next"));
		await().until(() -> all().stream().mapToLong(PartitionHealth::stoppedChannels).sum() > 0);
		PartitionHealth stopped = all().stream().filter((it) -> it.stoppedChannels() > 0).findFirst().orElseThrow();
		assertThat(stopped.outbox().getFirst().alarm()).get().extracting(KraftException::code).isEqualTo("KRAFT-4016");

		this.forgetsWhatIsTaken.set(false);
		assertThat(this.engine.finish(parent)).isEqualTo("done");
		await().until(() -> {
			this.engine.moveToNextDue();
			return all().stream().allMatch((it) -> it.stoppedChannels() == 0);
		});
	}

	@Test
	void anEngineThatHasStoppedHasNone() {
		start();
		this.engine.engine().stop();

		assertThat(all()).isEmpty();
		assertThat(this.engine.engine().failedPartitions()).isEqualTo(Map.of());
		assertThat(this.engine.engine().partition(0)).isEmpty();
	}

	private void start() {
		this.engine.workflow("parent", String.class, (there) -> this.child.<String>call(there)).start();
	}

	private void fail(int partition) {
		this.engine.medium(partition).failWrites();
		assertThatExceptionOfType(KraftException.class)
			.isThrownBy(() -> this.engine.run("parent", idIn(partition), "x"));
		await().until(() -> this.engine.engine().failedPartitions().containsKey(partition));
	}

	private List<PartitionHealth> all() {
		return this.engine.engine().partitions();
	}

	private PartitionHealth partition(int number) {
		return all().get(number);
	}

	private String idIn(int partition) {
		return idIn(partition, "id");
	}

	private String idIn(int partition, String prefix) {
		return IntStream.iterate(0, (number) -> number + 1)
			.mapToObj((number) -> prefix + "-" + number)
			.filter((id) -> this.map.of(id) == partition)
			.findFirst()
			.orElseThrow();
	}

	/**
	 * Forgets on request what was taken.
	 */
	private final class Forgetful extends ForwardingStore {

		Forgetful(Store store) {
			super(store);
		}

		@Override
		public Channels channels() {
			Channels channels = super.channels();
			return new Channels() {

				@Override
				public List<OutboxEntry> rows(int target, long after, int rows, int bytes) {
					return channels.rows(target, after, rows, bytes);
				}

				@Override
				public Map<Integer, ChannelMark> sent() {
					return channels.sent();
				}

				@Override
				public ChannelMark sent(int target) {
					return channels.sent(target);
				}

				@Override
				public long taken(int source) {
					return PartitionHealthTests.this.forgetsWhatIsTaken.get() ? 0 : channels.taken(source);
				}

			};
		}

	}

}

package io.kraft.engine.hosting;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

import io.kraft.client.EngineStoppedException;
import io.kraft.client.StartOptions;
import io.kraft.engine.KraftEngine;
import io.kraft.engine.KraftEngineBuilder;
import io.kraft.engine.codec.AesGcmEncryption;
import io.kraft.engine.codec.EncryptionKeys;
import io.kraft.engine.definition.MethodSignature;
import io.kraft.engine.definition.WorkflowDefinition;
import io.kraft.engine.partition.Lease;
import io.kraft.engine.routing.PartitionMap;
import io.kraft.engine.store.StorageException;
import io.kraft.engine.store.Store;
import io.kraft.engine.store.StoreIdentity;
import io.kraft.engine.store.check.CheckReport;
import io.kraft.engine.store.memory.MemoryMedium;
import io.kraft.engine.testing.ForwardingStore;
import io.kraft.workflow.KraftException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Whoever decides which partitions an engine hosts.
 */
class OwnershipTests {

	private static final int PARTITIONS = 2;

	private final List<MemoryMedium> media = IntStream.range(0, PARTITIONS)
		.mapToObj((p) -> new MemoryMedium())
		.toList();

	private final Given ownership = new Given();

	private @Nullable KraftEngine engine;

	@AfterEach
	void close() {
		if (this.engine != null) {
			this.engine.close();
		}
	}

	@Test
	void thatIsGivenDecidesWhichPartitionsAreHosted() {
		this.ownership.first = List.of(1);
		KraftEngine engine = start(builder().ownership(PARTITIONS, this.ownership));

		assertThat(run(engine, idIn(1))).isEqualTo("done");
		assertThatExceptionOfType(EngineStoppedException.class).isThrownBy(() -> run(engine, idIn(0)))
			.withMessageContaining("partition 0 is not hosted here");

		this.ownership.take(0);
		assertThat(run(engine, idIn(0))).isEqualTo("done");
		this.ownership.host().release(1, Duration.ZERO);
		assertThatExceptionOfType(EngineStoppedException.class).isThrownBy(() -> run(engine, idIn(1)));
	}

	@Test
	void isStartedWithEachStart() {
		this.ownership.first = List.of(0, 1);
		KraftEngine engine = start(builder().ownership(PARTITIONS, this.ownership));
		PartitionHost before = this.ownership.host();
		engine.stop();

		engine.start();

		assertThat(this.ownership.host()).isNotSameAs(before);
		assertThat(run(engine, "r")).isEqualTo("done");
	}

	@Test
	void givesStoresThatAreEncryptedAndCheckedAsAllOthers() {
		List<String> checked = new ArrayList<>();
		this.ownership.stores = (partition) -> new ForwardingStore(store(partition)) {
			@Override
			public CheckReport check(int keep) {
				checked.add("partition " + partition);
				return super.check(keep);
			}
		};
		this.ownership.first = List.of(0, 1);
		KraftEngine engine = start(builder().ownership(PARTITIONS, this.ownership)
			.verifyOnStart(true)
			.payloadCodecs(List.of(new AesGcmEncryption(
					EncryptionKeys.ofBase64("k", Map.of("k", Base64.getEncoder().encodeToString(new byte[32]))),
					true))));

		assertThat(run(engine, "r")).isEqualTo("done");
		engine.stop();

		assertThat(checked).containsExactly("partition 0", "partition 1");
		List<byte[]> entries = new ArrayList<>();
		try (Store store = store(new PartitionMap(PARTITIONS).of("r"))) {
			store.journal(1, 0, entries::add);
		}
		assertThat(entries).isNotEmpty()
			.noneMatch((entry) -> new String(entry, StandardCharsets.ISO_8859_1).contains("done"));
	}

	@Test
	void isNotGivenBesideStores() {
		KraftEngineBuilder both = builder().store(() -> store(0)).ownership(PARTITIONS, this.ownership);

		assertThatIllegalStateException().isThrownBy(both::build).withMessageContaining("both were given");
		assertThatIllegalStateException().isThrownBy(() -> builder().build())
			.withMessageContaining("An engine needs a store");
	}

	@Test
	void takesAPartitionOnceOnly() {
		this.ownership.first = List.of(1);
		KraftEngine engine = start(builder().ownership(PARTITIONS, this.ownership));
		PartitionHost host = this.ownership.host();

		assertThatIllegalStateException().isThrownBy(() -> host.take(1, () -> {
			throw new AssertionError("no store is opened");
		}, Lease.FOR_EVER)).withMessageContaining("partition 1 is hosted here already");
		host.take(0, () -> {
			assertThatIllegalStateException().isThrownBy(() -> host.take(0, () -> {
				throw new AssertionError("no store is opened");
			}, Lease.FOR_EVER)).withMessageContaining("partition 0 is being taken");
			return store(0);
		}, Lease.FOR_EVER);

		assertThat(run(engine, idIn(0))).isEqualTo("done");
		assertThat(run(engine, idIn(1))).isEqualTo("done");
	}

	@Test
	void takesOneAgainThatCouldNotBeTaken() {
		KraftEngine engine = start(builder().ownership(PARTITIONS, this.ownership));
		PartitionHost host = this.ownership.host();

		assertThatIllegalStateException().isThrownBy(() -> host.take(0, () -> {
			throw new IllegalStateException("no store");
		}, Lease.FOR_EVER)).withMessage("no store");

		this.ownership.take(0);
		assertThat(run(engine, idIn(0))).isEqualTo("done");
	}

	@ParameterizedTest
	@ValueSource(ints = { -1, PARTITIONS, Integer.MAX_VALUE })
	void takesNoneThatThereIsNot(int number) {
		start(builder().ownership(PARTITIONS, this.ownership));

		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.ownership.host().take(number, () -> store(0), Lease.FOR_EVER));
	}

	@Test
	void ofAllPartitionsTakesNoneWhereOneCannotBeOpened() {
		this.media.get(1).open(new StoreIdentity(1, 5)).close();
		KraftEngine engine = builder().stores(PARTITIONS, this::store).build();
		this.engine = engine;

		assertThatExceptionOfType(StorageException.class).isThrownBy(engine::start)
			.withMessageStartingWith("KRAFT-5008: ");

		try (Store first = store(0)) {
			assertThat(first.epoch()).isZero();
		}
	}

	private KraftEngineBuilder builder() {
		return KraftEngine.builder()
			.shutdownGracePeriod(Duration.ZERO)
			.workflows(
					List.of(WorkflowDefinition.of("order", MethodSignature.of(String.class), (arguments) -> "done")));
	}

	private KraftEngine start(KraftEngineBuilder builder) {
		KraftEngine engine = builder.build();
		this.engine = engine;
		engine.start();
		return engine;
	}

	private static @Nullable Object run(KraftEngine engine, String id) {
		return engine.client().start("order", StartOptions.defaults().id(id)).result();
	}

	private static String idIn(int partition) {
		return IntStream.iterate(0, (n) -> n + 1)
			.mapToObj((n) -> "r" + n)
			.filter((id) -> new PartitionMap(PARTITIONS).of(id) == partition)
			.findFirst()
			.orElseThrow();
	}

	private Store store(int partition) {
		return this.media.get(partition).open(new StoreIdentity(partition, PARTITIONS));
	}

	/**
	 * Takes what a test says.
	 */
	private final class Given implements Ownership {

		private List<Integer> first = List.of();

		private IntFunction<Store> stores = OwnershipTests.this::store;

		private @Nullable PartitionHost host;

		PartitionHost host() {
			return Objects.requireNonNull(this.host);
		}

		void take(int partition) {
			host().take(partition, () -> this.stores.apply(partition), Lease.FOR_EVER);
		}

		@Override
		public void start(PartitionHost host) {
			this.host = host;
			this.first.forEach(this::take);
		}

		@Override
		public void failed(int partition, KraftException cause) {
			throw new AssertionError(cause);
		}

		@Override
		public @Nullable KraftException failure() {
			return null;
		}

		@Override
		public void stop(Duration patience) {
			host().stop(patience);
		}

	}

}

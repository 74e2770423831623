package io.kraft.engine.store.memory;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

import io.kraft.engine.store.StorageException;
import io.kraft.engine.store.Store;
import io.kraft.engine.store.StoreIdentity;
import io.kraft.engine.store.check.Finding;
import io.kraft.engine.store.kv.FoundStore;
import io.kraft.engine.store.kv.KeyBatch;
import io.kraft.engine.store.kv.Keyspace;
import io.kraft.engine.store.kv.KvDoctor;
import io.kraft.engine.store.kv.KvStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class StoreIdentityTests {

	private static final StoreIdentity THIRD = new StoreIdentity(2, 4);

	private static final byte[] KEY = "partition".getBytes(StandardCharsets.US_ASCII);

	private final MemoryContents contents = new MemoryContents();

	@Test
	void isInTheStoreOfOneOfSeveralFromItsFirstMomentOn() {
		open(THIRD);

		assertThat(meta(KEY)).isEqualTo("0000000200000004");
		assertThat(meta("format".getBytes(StandardCharsets.US_ASCII))).isEqualTo("0000000000000003");
	}

	@Test
	void isNotInTheStoreOfAnOnlyPartition() {
		open(StoreIdentity.SOLE);

		assertThat(meta(KEY)).isNull();
		assertThat(meta("format".getBytes(StandardCharsets.US_ASCII))).isEqualTo("0000000000000002");
	}

	@Test
	void isWrittenWithTheFormatOrNotAtAll() {
		MemoryKeys keys = new MemoryKeys(this.contents);
		keys.failWrites();
		assertThatExceptionOfType(StorageException.class).isThrownBy(() -> KvStore.open(keys, true, THIRD));
		assertThat(this.contents.size()).isZero();

		open(StoreIdentity.SOLE);
	}

	@Test
	void lastsAndTheDoctorKnowsIt() {
		open(THIRD);

		try (Store store = KvStore.open(new MemoryKeys(this.contents), true, THIRD)) {
			assertThat(store.check(10).findings()).isEmpty();
		}
	}

	@ParameterizedTest
	@CsvSource({ "1, 4", "2, 3", "2, 5", "0, 1" })
	void keepsOthersOut(int partition, int partitions) {
		open(THIRD);
		String before = all();

		assertThatExceptionOfType(StorageException.class)
			.isThrownBy(() -> open(new StoreIdentity(partition, partitions)))
			.withMessageStartingWith("KRAFT-5008: memory is the store of partition 2 of 4, but expected is that of "
					+ new StoreIdentity(partition, partitions) + ". Nothing was changed. Set kraft.engine.partitions");

		assertThat(all()).isEqualTo(before);
		open(THIRD);
	}

	@Test
	void keepsOneOfSeveralOutOfTheStoreOfAnOnlyOne() {
		open(StoreIdentity.SOLE);

		assertThatExceptionOfType(StorageException.class).isThrownBy(() -> open(new StoreIdentity(0, 4)))
			.withMessageContaining("is the store of the only partition, but expected is that of partition 0 of 4");
	}

	@Test
	void isFoundWithoutOpeningTheStore() {
		assertThat(found()).isEqualTo(new FoundStore(null, 0));
		try (Store store = KvStore.open(new MemoryKeys(this.contents), true, THIRD)) {
			store.claim(1);
		}

		assertThat(found()).isEqualTo(new FoundStore(THIRD, 1));
	}

	@ParameterizedTest
	@ValueSource(strings = { "0000000400000004", "0000000000000001", "ffffffff00000004", "0000000200000000" })
	void cannotBeOneThatIsNotWritten(String damaged) {
		open(THIRD);
		try (MemoryKeys keys = new MemoryKeys(this.contents); KeyBatch batch = keys.batch()) {
			batch.put(Keyspace.META, KEY, HexFormat.of().parseHex(damaged));
			batch.write(true);
		}

		assertThatExceptionOfType(StorageException.class).isThrownBy(() -> open(THIRD))
			.withMessageStartingWith("KRAFT-4003: ");
		try (MemoryKeys keys = new MemoryKeys(this.contents)) {
			assertThat(KvDoctor.check(keys, 10).findings()).extracting(Finding::kind)
				.containsExactly(Finding.Kind.UNREADABLE_VALUE);
		}
	}

	@Test
	void isOneOfThoseThatThereAre() {
		assertThatIllegalArgumentException().isThrownBy(() -> new StoreIdentity(4, 4));
		assertThatIllegalArgumentException().isThrownBy(() -> new StoreIdentity(-1, 4));
	}

	private void open(StoreIdentity identity) {
		KvStore.open(new MemoryKeys(this.contents), true, identity).close();
	}

	private FoundStore found() {
		try (MemoryKeys keys = new MemoryKeys(this.contents)) {
			return FoundStore.in(keys);
		}
	}

	private String meta(byte[] key) {
		try (MemoryKeys keys = new MemoryKeys(this.contents)) {
			byte[] value = keys.get(Keyspace.META, key);
			return (value != null) ? HexFormat.of().formatHex(value) : null;
		}
	}

	private String all() {
		StringBuilder all = new StringBuilder();
		this.contents.space(Keyspace.META)
			.forEach((key, value) -> all.append(HexFormat.of().formatHex(key))
				.append('=')
				.append(HexFormat.of().formatHex(value))
				.append(';'));
		return all.toString();
	}

}
